// What happens to memberships: people join, change what they want to hear, and leave for good.

import XMPP

extension Event {
    /// Joining and leaving for good, and the places where members listen.
    public enum Membership: Sendable, Equatable {
        /// Somebody joined, or joined once more.
        case joined(Joining)
        /// Somebody wants other nodes, or has other preferences.
        case changed(MembershipChange)
        /// Somebody is a participant no more.
        case withdrawn(Withdrawal)
        /// A client of a participant listens from now on.
        case listening(Listening)
        /// It does not any more; it was not present.
        case deafened(Seat)
        /// Where an account of another server hears is known better than before.
        case placed(Placing)
        /// It is told in another dialect from now on.
        case retuned(SeatID, ParticipantID, DialectID)
        /// An invitation was made; whoever asked for it is answered with it, and nobody is told.
        case invited(ChannelInvitation)
        /// A client of somebody who takes no part is available, where anybody's presence is shown.
        case sighted(Sighting)
        /// It is not any more.
        case vanished(Sighting)
    }

    /// Somebody joined.
    public struct Joining: Sendable, Equatable {
        public let stamp: Stamp
        public let enrolment: Enrolment
        /// As it stands to the room.
        public let person: Person
        /// It was not a participant before: others learn of somebody new.
        public let isNew: Bool
        /// What let it in, if anything had to.
        public let token: InvitationToken?
    }

    /// Somebody wants other nodes, or has other preferences.
    public struct MembershipChange: Sendable, Equatable {
        public let stamp: Stamp
        public let enrolment: Enrolment
        public let person: Person
        /// Others see more or less of it than before.
        public let changesSight: Bool
        /// Nodes of which it is told from now on.
        public internal(set) var added: Topics = []
    }

    /// Somebody is a participant no more.
    public struct Withdrawal: Sendable, Equatable {
        public let stamp: Stamp
        public let enrolment: Enrolment
        public let person: Person
        /// Its places, which are empty now.
        public let seats: [Seat]
        public let cause: Cause
    }

    /// A client listens.
    public struct Listening: Sendable, Equatable {
        public let seat: Seat
        /// Its presence follows at once, and with it the room shows itself.
        public let showsPresence: Bool
    }
}
