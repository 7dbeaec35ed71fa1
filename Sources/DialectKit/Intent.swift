// What a dialect understood a stanza to want: a change, an answer, or to be passed on (law 2).

public import Rooms
public import XMPP

/// What a stanza wants of the room.
public enum Intent: Sendable {
    /// Commands decided one after the other, all or none; `answer` is told when they are committed.
    case change([Command], answer: Answer? = nil)
    /// Answered at once, to the sender.
    case reply([Stanza])
    /// Answered from the store, once everything told before is in it; the room permitted it.
    case ask(ArchiveQuestion)
    /// An IQ for somebody in the room: its addresses and id are rewritten, nothing else.
    case relay(to: ParticipantID, RelayTarget)
    /// The result or error of a relayed IQ.
    case relayed
    case ignore

    /// An answer that waits for the commit.
    public struct Answer: Sendable {
        /// Before or after what the sender itself is told of the change.
        public enum Place: Sendable { case before, after }

        public var stanza: Stanza
        public var place: Place

        public init(_ stanza: Stanza, _ place: Place = .before) {
            self.stanza = stanza
            self.place = place
        }
    }

    /// Who answers a relayed IQ.
    public enum RelayTarget: Sendable {
        /// The seat whose presence is shown (MUC-172).
        case shownSeat
        /// The account: vCards and PEP are answered by the target's server.
        case account
    }
}
