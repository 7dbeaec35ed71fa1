// People who are seen in a channel that is open to anybody's presence, and who take no part (XEP-0406 "Open Presence").

public import XMPP

/// Clients of people who take no part, as the channel shows them. Never durable.
public struct Onlookers: Sendable, Equatable {
    private(set) var byAddress: [JID: Event.Sighting] = [:]

    public var isEmpty: Bool { byAddress.isEmpty }
    public var count: Int { byAddress.count }

    public subscript(_ address: JID) -> Event.Sighting? { byAddress[address] }

    /// All of them, in an order that stays.
    public var all: [Event.Sighting] { byAddress.values.sorted { $0.seat.address < $1.seat.address } }

    mutating func put(_ sighting: Event.Sighting) { byAddress[sighting.seat.address] = sighting }

    mutating func remove(_ address: JID) { byAddress[address] = nil }

    mutating func clear() { byAddress = [:] }
}

extension Event {
    /// A client of somebody who takes no part.
    public struct Sighting: Sendable, Equatable {
        /// Under which id and nick it is seen.
        public let person: Person
        /// A place that nobody has taken.
        public let seat: Seat
    }
}

extension Room {
    /// Somebody who takes no part is available, or no more (`presence` is nil). Where the channel does not show such
    /// people nothing happens: their servers would collect an error with every presence (rule T-22).
    func look(_ glance: Command.Glance, _ context: Context) throws(Refusal) -> [Event] {
        let (address, known) = (glance.address, onlookers[glance.address])
        guard let presence = glance.presence else { return known.map { [.membership(.vanished($0))] } ?? [] }
        let affiliation = affiliations.affiliation(of: address)
        guard settings.flag(.openPresence), affiliation != .outcast, participant(jid: address) == nil else { return [] }
        guard known != nil || onlookers.count < limits.onlookers else { throw .tooMany(limit: "onlookers") }
        guard Conversation.bytes(of: presence.payload) <= context.limits.presenceBytes else {
            throw .tooLarge(limit: "presenceBytes")
        }
        let person = Person(
            id: participantID(of: address), jid: address, nick: known?.person.nick ?? nick(of: glance, context),
            affiliation: affiliation, role: .none)
        var seat = Seat(
            id: SeatID(0), participant: person.id, address: address, domain: glance.domain, dialect: glance.dialect,
            presence: presence, language: nil, kind: .shadow)
        seat.presence.order = seating.presences + 1
        return [.membership(.sighted(Event.Sighting(person: person, seat: seat)))]
    }

    /// The nick registered for it, else the one it says it has, as far as nobody here has it, else one that is made.
    private func nick(of glance: Command.Glance, _ context: Context) -> String {
        let jid = glance.address.bare
        if let kept = keptNick(for: jid, context) { return kept }
        let wish = (try? nicknames.prepare(glance.nick ?? "", context.limits)) ?? ""
        let wishes = wish.isEmpty ? [] : [wish] + (2...9).map { "\(wish) (\($0))" }
        return wishes.first { isFree($0, for: jid, context) } ?? madeNick(context)
    }

    private func isFree(_ wish: String, for jid: JID, _ context: Context) -> Bool {
        guard let nick = try? nicknames.prepare(wish, context.limits), let key = Nickname.key(nick),
            (try? nicknames.check(nick, for: jid, in: self, context.registry)) != nil
        else { return false }
        return !onlookers.all.contains { $0.person.jid.bare != jid && Nickname.key($0.person.nick) == key }
    }
}

extension Draft {
    /// Whoever takes part from now on is no onlooker any more.
    mutating func takeIn(_ jid: JID) { dismissOnlookers { $0.person.jid.bare == jid.bare } }

    /// Onlookers are seen no more.
    mutating func dismissOnlookers(_ isConcerned: (Event.Sighting) -> Bool = { _ in true }) {
        for sighting in room.onlookers.all where isConcerned(sighting) { add(.membership(.vanished(sighting))) }
    }
}
