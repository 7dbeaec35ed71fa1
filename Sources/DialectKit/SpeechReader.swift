// Words to a room or to one of its occupants, as every dialect with messages understands them.

public import Rooms
import XML
public import XMPP

/// Understands speech, subjects and private messages (XEP-0045 §7.4, §7.5, §8.1).
public struct SpeechReader {
    private let inbound: Inbound
    private let room: Room

    public init(inbound: Inbound, room: Room) {
        self.inbound = inbound
        self.room = room
    }

    /// What a message wants; nil where it is neither for everybody nor for an occupant, but for the room itself.
    ///
    /// - Throws: `StanzaError`: it is of the wrong type, nobody has that nick, or the sender is not inside.
    public func read() throws(StanzaError) -> Intent? {
        if inbound.stanza.type == .error { return Bounce.intent(of: inbound, in: room) }
        guard !RoomOnlyPayloads.moderates(inbound.stanza.payload) else { throw StanzaError(.forbidden) }
        if let nick = inbound.nick { return try privately(to: nick) }
        return inbound.stanza.type == .groupchat ? try publicly() : nil
    }

    private func publicly() throws(StanzaError) -> Intent {
        guard let seat = inbound.seat else { throw room.refusalForOutsider(inbound) }
        let utterance = Utterance(publicly: inbound)
        return .change([setsSubject ? .setSubject(seat.id, utterance) : .say(seat.id, utterance)])
    }

    private func privately(to nick: String) throws(StanzaError) -> Intent {
        guard inbound.stanza.type != .groupchat else { throw StanzaError(.badRequest) }
        guard let seat = inbound.seat else { throw room.refusalForOutsider(inbound) }
        guard let target = room.occupant(nick) else { throw StanzaError(.itemNotFound) }
        return .change([.whisper(seat.id, to: target.id, Utterance(privately: inbound))])
    }

    /// A subject with words is a message: clients of 1999 quote back the copy they got (MUC-248, T-18).
    private var setsSubject: Bool {
        inbound.stanza.child("subject", NS.client) != nil && inbound.stanza.child("body", NS.client) == nil
            && inbound.stanza.child("thread", NS.client) == nil
    }
}
