// Where a message for an account goes: the table of RFC 6121 §8.5, as one switch.

import XMPP

/// What becomes of a message for an account (RFC 6121 §8.5; IM matrix, annex §31).
enum Delivery: Sendable, Equatable {
    /// The addressed resource gets it.
    case addressed
    /// Every available resource whose priority is not negative gets it.
    case everyReady
    /// Nobody can take it now: it waits, if it is of a kind that does.
    case wait
    /// The sender is told that it cannot be delivered.
    case refused
    case dropped

    /// Who of the account is there.
    enum Attendance: Sendable, CaseIterable {
        /// There is no such account.
        case missing
        /// No available resource, or only such with a negative priority (RFC 6121 §8.5.2.2, §4.7.2.3).
        case away
        /// At least one available resource whose priority is not negative.
        case ready
    }

    /// How the account is addressed.
    enum Address: Sendable, CaseIterable {
        case bare
        /// The full address of a resource that is connected, whatever its priority.
        case connected
        /// A full address that nobody has.
        case vacant
    }

    /// - Parameter isPrivateFromRoom: the message is a room's private message, which belongs to the addressed resource
    ///   alone: nobody else sits in that room under that nick, so the room is told like of a groupchat message.
    init(of type: StanzaType, to address: Address, _ attendance: Attendance, isPrivateFromRoom: Bool = false) {
        switch (attendance, address, type) {
        case (.missing, _, .headline), (.missing, _, .error): self = .dropped
        case (.missing, _, _): self = .refused
        case (_, .connected, _): self = .addressed
        case (_, _, .error): self = .dropped
        case (_, _, .groupchat): self = .refused
        case (.ready, .bare, _): self = .everyReady
        case (.away, .bare, .headline), (_, .vacant, .headline): self = .dropped
        case (.away, .bare, _): self = .wait
        case (_, .vacant, .chat) where isPrivateFromRoom: self = .refused
        case (.ready, .vacant, .chat): self = .everyReady
        case (.away, .vacant, .chat): self = .wait
        case (_, .vacant, _): self = .refused
        }
    }
}
