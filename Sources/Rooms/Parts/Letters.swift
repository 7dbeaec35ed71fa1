// What the room carried from one person to another, so that what comes back finds its way.

import DequeModule
public import XMPP

/// Private messages and invitations that were passed on lately, with their senders (MUC-165, MUC-202, MUC-386).
public struct Letters: Sendable, Equatable {
    struct Letter: Sendable, Equatable {
        let id: String
        /// By bare JID.
        let sender: JID
        /// By bare JID.
        let addressee: JID
        let isInvitation: Bool
    }

    private(set) var carried: Deque<Letter> = []

    public init() {}

    /// Whether this is the id of something that was carried to `addressee`: an invitation, or a private message.
    public func knows(_ id: String, to addressee: JID, isInvitation: Bool) -> Bool {
        letter(id, to: addressee, isInvitation: isInvitation) != nil
    }

    func letter(_ id: String, to addressee: JID, isInvitation: Bool) -> Letter? {
        carried.last { $0.id == id && $0.addressee == addressee.bare && $0.isInvitation == isInvitation }
    }

    /// Remembers a letter; past `RoomLimits.letters` the oldest is forgotten.
    mutating func note(_ letter: Letter, _ limits: RoomLimits) {
        carried.append(letter)
        while carried.count > limits.letters { carried.removeFirst() }
    }

    mutating func forget(_ returned: Event.Returned) {
        carried.removeAll {
            $0.id == returned.id && $0.addressee == returned.addressee && $0.isInvitation == (returned.from == nil)
        }
    }
}

extension Room {
    /// A letter comes back to its sender, once; where nobody is there to have it any more, nothing happens.
    func giveBack(_ id: String, from address: JID, isInvitation: Bool, _ error: StanzaError) -> [Event] {
        guard let letter = letters.letter(id, to: address, isInvitation: isInvitation),
            let sender = participant(jid: letter.sender)
        else { return [] }
        let addressee = participant(jid: letter.addressee).flatMap { person($0.id) }
        guard isInvitation || addressee != nil else { return [] }
        let returned = Event.Returned(
            from: isInvitation ? nil : addressee, to: sender.id, addressee: letter.addressee, id: id, error: error)
        return [.conversation(.returned(returned))]
    }
}
