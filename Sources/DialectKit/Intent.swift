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
    /// Something said is taken back, which may have to be found first.
    case retract(Retraction)
    case ignore

    /// An answer that waits for the commit.
    public struct Answer: Sendable {
        /// Before or after what the sender itself is told of the change.
        public enum Place: Sendable { case before, after }

        public var place: Place
        private let write: @Sendable ([Event], Room) -> Stanza

        public init(_ stanza: Stanza, _ place: Place = .before) {
            self.place = place
            write = { _, _ in stanza }
        }

        /// An answer that says what came of it.
        ///
        /// - Parameter write: makes it of what happened, and of the room after that.
        public init(_ place: Place = .before, saying write: @escaping @Sendable ([Event], Room) -> Stanza) {
            self.place = place
            self.write = write
        }

        /// The stanza.
        public func stanza(_ events: [Event], _ room: Room) -> Stanza { write(events, room) }
    }

    /// The wish to take back what has this archive id.
    public struct Retraction: Sendable {
        public var archiveID: String
        /// The client's own id of the request.
        public var id: String?
        public var moderation: RetractionWish.Moderation?
        public var answer: Answer?
        /// What is done where nothing has that id, by authors who may take back what they said whatever MIX's option
        /// says, as XEP-0424 has it; nil: an error is the answer, and the option counts.
        public var otherwise: Command?

        public init(
            archiveID: String, id: String?, moderation: RetractionWish.Moderation? = nil, answer: Answer? = nil,
            otherwise: Command? = nil
        ) {
            self.archiveID = archiveID
            self.id = id
            self.moderation = moderation
            self.answer = answer
            self.otherwise = otherwise
        }
    }

    /// Who answers a relayed IQ.
    public enum RelayTarget: Sendable, Equatable {
        /// The seat whose presence is shown (MUC-172).
        case shownSeat
        /// The account: vCards and PEP are answered by the target's server.
        case account
        /// One client of several, which the asker knows apart.
        case seat(SeatID)
    }
}
