// What a scenario may ask of the service it is played on: `service groupchat_join=accept locked=no`.

package import Groupchat
package import Rooms
import XMPP

/// The service of one scenario.
package struct ServiceOptions: Sendable {
    /// `groupchat_join`: what a presence without mark means.
    package var groupchatJoin = JoinPolicy.auto
    /// `locked`: new rooms wait for their owner.
    package var locksNewRooms = true
    /// `create`: who may create rooms.
    package var creation = Lobby.Creation.anyone
    /// `dialects`: what the service's domain speaks.
    package var dialects = [Part.Dialect.muc, .groupchat]
    /// `limit.…`: limits of its rooms.
    package var limits = RoomLimits()

    package init() {}

    /// Whether its rooms have limits of their own.
    package var changesLimits: Bool { limits != RoomLimits() }

    /// The limits that a scenario may change, by their own names.
    private static let limitNames: [String: @Sendable (inout RoomLimits, Int) -> Void] = [
        "nickCharacters": { $0.nickCharacters = $1 },
        "seatsPerParticipant": { $0.seatsPerParticipant = $1 },
        "occupants": { $0.occupants = $1 },
        "occupantReserve": { $0.occupantReserve = $1 },
        "affiliations": { $0.affiliations = $1 },
        "changesPerRequest": { $0.changesPerRequest = $1 },
        "messageBytes": { $0.messageBytes = $1 },
        "presenceBytes": { $0.presenceBytes = $1 },
        "subjectBytes": { $0.subjectBytes = $1 },
        "reasonBytes": { $0.reasonBytes = $1 },
        "tailEvents": { $0.tailEvents = $1 },
        "historyMessages": { $0.historyMessages = $1 },
        "lockedSeconds": { $0.lockedSeconds = $1 },
        "emptySeconds": { $0.emptySeconds = $1 },
        "inviteesPerRequest": { $0.inviteesPerRequest = $1 },
        "tombstoneDays": { $0.tombstoneDays = $1 },
        "archivePage": { $0.archive.page = $1 },
        "archiveLargestPage": { $0.archive.largestPage = $1 },
        "archiveSearched": { $0.archive.searched = $1 },
    ]

    /// Applies one `key=value`.
    ///
    /// - Returns: what is wrong with it, nil if nothing.
    mutating func set(_ key: String, to value: String) -> String? {
        switch key {
        case "groupchat_join":
            guard let policy = JoinPolicy(rawValue: value) else { return "auto, accept or kick" }
            groupchatJoin = policy
        case "locked":
            guard ["yes", "no", "true", "false"].contains(value) else { return "yes or no" }
            locksNewRooms = value == "yes" || value == "true"
        case "create":
            guard let creation = Lobby.Creation(rawValue: value) else { return "anyone, local, admin or nobody" }
            self.creation = creation
        case "dialects":
            let known = value.split(separator: ",").compactMap { Part.Dialect(rawValue: String($0)) }
            guard known.count == value.split(separator: ",").count, !known.isEmpty else { return "muc,groupchat" }
            dialects = known
        default:
            guard key.hasPrefix("limit."), let change = Self.limitNames[String(key.dropFirst(6))],
                let number = Int(value)
            else { return "groupchat_join, locked, create, dialects or limit.NAME with a number" }
            change(&limits, number)
        }
        return nil
    }
}
