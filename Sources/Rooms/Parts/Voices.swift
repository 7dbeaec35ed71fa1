// Who had voice in a moderated room and who had not, for the next visit.

import XMPP

/// The roles in which people left a moderated room, where these are not those they would come with: nobody gets voice
/// back by leaving, and nobody loses it with a connection (MUC-004). Not durable.
public struct Voices: Sendable, Equatable {
    struct Memory: Sendable, Equatable {
        let role: Role
        let time: Moment
    }

    private(set) var memories: [JID: Memory] = [:]

    /// The role in which `jid` left.
    func role(of jid: JID) -> Role? { memories[jid.bare]?.role }

    /// Remembers how somebody left; past `RoomLimits.voices` whoever left first is forgotten.
    mutating func note(_ jid: JID, _ role: Role, at time: Moment, _ limits: RoomLimits) {
        if memories[jid.bare] == nil, memories.count >= limits.voices,
            let oldest = memories.min(by: { $0.value.time < $1.value.time })?.key
        {
            memories[oldest] = nil
        }
        memories[jid.bare] = Memory(role: role, time: time)
    }

    mutating func forget(_ jid: JID) { memories[jid.bare] = nil }

    /// Somebody, or everybody of a domain, is something else from now on.
    mutating func forget(affectedBy jid: JID) {
        memories = jid.local == nil ? memories.filter { $0.key.domainOnly != jid } : memories.filter { $0.key != jid }
    }

    mutating func forgetAll() { memories = [:] }
}

extension Room {
    /// The role somebody starts a visit with (MUC-033 … MUC-035), or goes on with.
    func entryRole(of jid: JID, as affiliation: Affiliation) -> Role {
        let usual = permissions.entryRole(for: affiliation)
        guard settings.isModerated, affiliation < .admin else { return usual }
        return voices.role(of: jid) ?? usual
    }

    /// Keeps in mind how somebody left, where that makes a difference.
    mutating func rememberVoice(of departure: Event.Departure) {
        guard departure.isLast, settings.isModerated, departure.person.affiliation < .admin else { return }
        let role = departure.person.role
        let isUsual = role == permissions.entryRole(for: departure.person.affiliation)
        if isUsual || role == .moderator {
            voices.forget(departure.person.jid)
        } else {
            voices.note(departure.person.jid, role, at: departure.time, limits)
        }
    }
}
