// The participants the room knows now, by id and by bare JID.

public import XMPP

/// The participants of a room. Until a dialect enrols people who are away, these are the ones with a seat.
public struct Roster: Sendable, Equatable {
    private(set) var byID: [ParticipantID: Participant] = [:]
    private(set) var byJID: [JID: ParticipantID] = [:]

    public subscript(_ id: ParticipantID) -> Participant? { byID[id] }

    /// The participant with this bare JID.
    public subscript(jid jid: JID) -> Participant? { byJID[jid.bare].flatMap { byID[$0] } }

    public var count: Int { byID.count }

    /// All participants, in no particular order.
    public var all: some Collection<Participant> & Sendable { byID.values }

    /// Everybody's nick, for events after which the roster is empty.
    var nicks: [ParticipantID: String] { byID.mapValues(\.nick) }

    mutating func seat(_ person: Person) {
        let participant = Participant(id: person.id, jid: person.jid.bare, nick: person.nick, role: person.role)
        byID[person.id] = participant
        byJID[participant.jid] = person.id
    }

    mutating func rename(_ id: ParticipantID, to nick: String) { byID[id]?.nick = nick }

    mutating func setRole(_ id: ParticipantID, _ role: Role) { byID[id]?.role = role }

    mutating func remove(_ id: ParticipantID) {
        guard let participant = byID.removeValue(forKey: id) else { return }
        byJID[participant.jid] = nil
    }
}
