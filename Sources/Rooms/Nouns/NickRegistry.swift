// The nicks that people registered with a service, for all of its rooms.

public import XMPP

/// Registered nicks by comparison key and by bare JID (XEP-0407 §3; MIXC-412): nobody else gets one anywhere in the
/// service. A copy of what the service's own room keeps, small enough to be at hand for every decision.
public struct NickRegistry: Sendable, Equatable {
    private var holders: [String: JID] = [:]
    private var nicks: [JID: String] = [:]

    public init() {}

    /// The nick of an account.
    public subscript(_ jid: JID) -> String? { nicks[jid.bare] }

    /// Who registered a nick that compares like this.
    func holder(ofKey key: String) -> JID? { holders[key] }

    /// An account has this nick from now on; nil: none.
    public mutating func set(_ jid: JID, _ nick: String?) {
        if let former = nicks[jid.bare].flatMap(Nickname.key) { holders[former] = nil }
        nicks[jid.bare] = nick
        if let key = nick.flatMap(Nickname.key) { holders[key] = jid.bare }
    }

    /// What the service's own room keeps.
    public init(of room: Room) {
        for (jid, entry) in room.affiliations.entries { if let nick = entry.nick { set(jid, nick) } }
    }
}
