// Every limit of one room, with its name and default.

public import XMPP

/// The limits of one room (law 8). Past a limit the room refuses, and nothing is lost.
public struct RoomLimits: Sendable, Equatable {
    /// Characters of a nick.
    public var nickCharacters = 128
    /// Seats one participant may have in a room.
    public var seatsPerParticipant = 16
    /// Participants present at once, whatever the room's own setting says.
    public var occupants = 20_000
    /// Occupants beyond the room's own maximum that owners and admins may be (MUC-103).
    public var occupantReserve = 10
    /// Entries of the affiliation list.
    public var affiliations = 10_000
    /// Items of one administration request.
    public var changesPerRequest = 1_000
    /// Bytes of all children of one message.
    public var messageBytes = 65_536
    /// Bytes of all children of one presence.
    public var presenceBytes = 16_384
    /// Bytes of a subject with all its languages (MUC-252).
    public var subjectBytes = 4_096
    /// Bytes of a reason given for an act.
    public var reasonBytes = 1_024
    /// Archived events that stay with the room in memory, so that a join reads no disk.
    public var tailEvents = 100
    /// Bytes of those events; the oldest go first.
    public var tailBytes = 1_048_576
    /// Most messages of history a newcomer gets, whatever the room's own setting says.
    public var historyMessages = 100
    /// Invitees of one invitation.
    public var inviteesPerRequest = 50
    /// Seconds after which a room that was never configured opens with the defaults (MUC-305).
    public var lockedSeconds = 300
    /// Seconds for which a temporary room that lost its guests with a restart waits for them.
    public var emptySeconds = 300
    /// Addresses whose last dialect is remembered.
    public var acquaintances = 2_000
    /// Invitations remembered, so that a decline can be told from a stranger's message (MUC-204).
    public var pendingInvitations = 1_000
    /// Days for which they are remembered.
    public var invitationDays = 7
    /// Seconds between two requests for voice by one bare JID (MUC-234).
    public var voiceRequestSeconds = 1_800
    /// Requests for voice remembered.
    public var voiceRequests = 1_000
    /// Registrations that wait for an admin's yes.
    public var applications = 1_000
    /// Days for which they wait.
    public var applicationDays = 7
    /// People who left a moderated room whose voice is remembered.
    public var voices = 1_000
    /// Private messages and invitations remembered, so that an error that comes back finds its sender.
    public var letters = 200
    /// Days for which a destroyed room keeps its name for its owners, and tells others where to go (MUC-334); 0: none.
    public var tombstoneDays = 31
    /// People who joined, present or not.
    public var members = 20_000
    /// Clients of one account of another server that are told without being available; the oldest go.
    public var clientsElsewhere = 16
    /// Clients of people who take no part and are shown.
    public var onlookers = 500
    /// Bytes of an item in a node of the room: an avatar, or what its owners publish.
    public var nodeItemBytes = 131_072
    /// Items of one such node; the oldest go.
    public var nodeItems = 10
    /// Nodes that a room has besides those that documents define; at most `Topics.ownNodes`.
    public var ownNodes = 16
    /// Bytes of the name of such a node.
    public var nodeNameBytes = 256
    /// What one query of its archive may take.
    public var archive = ArchiveLimits()

    public init() {}
}
