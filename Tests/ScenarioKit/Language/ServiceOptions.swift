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
    /// `dialects`: what the domain of the rooms speaks.
    package var dialects = [Part.Dialect.muc, .groupchat]
    /// `mix_dialects`: what the domain of the channels speaks; none: there is no such domain.
    package var mixDialects = [Part.Dialect.mix, .mix021, .mix001]
    /// `mix_undetermined`: how a client of a draft is told things that has not shown of which.
    package var undetermined = Undetermined.dual
    /// `domains=one`: rooms and channels are under the same domain.
    package var isOneDomain = false
    /// `limit.…`: limits of its rooms.
    package var limits = RoomLimits()

    /// What is written to somebody who may be a client of MIX 0.0.1 or of 0.2.1.
    package enum Undetermined: String, Sendable {
        case dual
        case v2
        case v1
    }

    package init() {}

    /// Whether its rooms have limits of their own.
    package var changesLimits: Bool { limits != RoomLimits() }

    /// The limits that a scenario may change, by their own names.
    private static let limitNames: [String: @Sendable (inout RoomLimits, Int) -> Void] = [
        "nickCharacters": { $0.nickCharacters = $1 },
        "seatsPerParticipant": { $0.seatsPerParticipant = $1 },
        "occupants": { $0.occupants = $1 },
        "members": { $0.members = $1 },
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
            guard let known = Self.dialects(value, among: [.muc, .groupchat]) else { return "muc,groupchat" }
            dialects = known
        case "mix_dialects":
            guard value != "none" else {
                mixDialects = []
                return nil
            }
            guard let known = Self.dialects(value, among: [.mix, .mix021, .mix001]) else {
                return "mix,mix-0.2.1,mix-0.0.1 or none"
            }
            mixDialects = known
        case "mix_undetermined":
            guard let undetermined = Undetermined(rawValue: value) else { return "dual, v2 or v1" }
            self.undetermined = undetermined
        case "domains":
            guard value == "one" || value == "two" else { return "one or two" }
            isOneDomain = value == "one"
        default: return setLimit(key, to: value)
        }
        return nil
    }

    private mutating func setLimit(_ key: String, to value: String) -> String? {
        guard key.hasPrefix("limit."), let change = Self.limitNames[String(key.dropFirst(6))], let number = Int(value)
        else {
            return "groupchat_join, locked, create, dialects, mix_dialects, mix_undetermined, domains"
                + " or limit.NAME with a number"
        }
        change(&limits, number)
        return nil
    }

    /// The dialects of a list; nil where it has none, or others than these.
    private static func dialects(_ list: String, among known: [Part.Dialect]) -> [Part.Dialect]? {
        let names = list.split(separator: ",", omittingEmptySubsequences: false)
        let dialects = names.compactMap { Part.Dialect(rawValue: String($0)) }.filter { known.contains($0) }
        return dialects.count == names.count ? dialects : nil
    }
}
