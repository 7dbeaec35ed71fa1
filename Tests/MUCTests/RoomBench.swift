// A room with MUC clients round it, without loops, storage or sockets: stanzas in, what each client reads out.

import DialectKit
import MUC
import Rooms
import Testing
import XML
import XMPP

/// What one stanza led to.
struct Outcome {
    /// What each seat was told, by full JID, without the `to`.
    var copies: [String: [String]] = [:]
    /// Answers to the sender.
    var answers: [String] = []
    /// Stanzas for people without a seat.
    var outward: [String] = []
    /// To whom an IQ was passed on.
    var relay: (ParticipantID, Intent.RelayTarget)?

    subscript(_ address: String) -> [String] { copies[address] ?? [] }
    /// The only answer.
    var answer: String { answers.count == 1 ? answers[0] : "\(answers.count) answers" }
    /// Whether nothing at all happened.
    var isSilent: Bool { copies.isEmpty && answers.isEmpty && outward.isEmpty && relay == nil }
}

/// One room on `rooms.example`, named `cellar`.
struct RoomBench {
    var room = Room(name: RoomName(service: "main", local: "cellar"))
    var dialect = MUCDialect()
    var context = Context(
        now: Moment(milliseconds: 1_700_000_000_000), randomBytes: { [UInt8](repeating: 7, count: $0) })
    static let domain = "rooms.example"
    static let ada = "ada@a.example/desk"
    static let bo = "bo@b.example/phone"
    static let carl = "carl@c.example/tent"

    /// A room that Ada made and opened, with these settings.
    static func opened(_ settings: [Setting: SettingValue] = [:]) throws -> RoomBench {
        var bench = RoomBench()
        for (setting, value) in settings { bench.context.defaults[setting] = value }
        bench.context.locksNewRooms = false
        try bench.enter(ada, "ada")
        return bench
    }

    /// The same with Bo in it.
    static func withBo(_ settings: [Setting: SettingValue] = [:]) throws -> RoomBench {
        var bench = try opened(settings)
        try bench.enter(bo, "bo")
        return bench
    }

    @discardableResult
    mutating func enter(_ address: String, _ nick: String, _ inside: String = "") throws -> Outcome {
        try send(
            address, "<presence to='cellar@rooms.example/\(nick)' id='j1'><x xmlns='\(NS.muc)'>\(inside)</x></presence>"
        )
    }

    /// An administration request of one item, by Ada.
    mutating func administer(_ item: String, as address: String = ada) throws -> Outcome {
        try ask(address, "set", "<query xmlns='\(NS.mucAdmin)'>\(item)</query>")
    }

    mutating func ask(_ address: String, _ type: String, _ query: String) throws -> Outcome {
        try send(address, "<iq type='\(type)' id='q1' to='cellar@rooms.example'>\(query)</iq>")
    }

    /// Everything that a stanza of a client leads to, as the room's loop would do it.
    @discardableResult
    mutating func send(_ address: String, _ xml: String) throws -> Outcome {
        let from = try JID(address)
        var stanza = try Stanza(reading: Element(parsing: xml))
        stanza.from = from
        let to = try #require(stanza.to)
        let domain = ServiceFacts.Domain(name: Self.domain, dialects: [MUCDialect.id])
        let service = ServiceFacts(name: "main", title: "Rooms", domains: [domain])
        var inbound = Inbound(stanza, from: from, to: to, service: service)
        inbound.seat = room.seating[address: from]
        let intent: Intent
        do {
            intent =
                stanza.kind == .iq && to.resource == nil
                ? try DialectTable([dialect]).handlers.answer(inbound, in: room)
                : dialect.read(inbound, in: room, now: context.now)
        } catch {
            return Outcome(answers: [Self.text(stanza.error(error))])
        }
        return perform(intent, inbound)
    }

    private mutating func perform(_ intent: Intent, _ inbound: Inbound) -> Outcome {
        var outcome = Outcome()
        switch intent {
        case .change(let commands, let answer):
            var after = self
            do throws(Refusal) {
                for command in commands {
                    for event in try after.room.decide(command, in: context) { after.apply(event, &outcome) }
                }
                if let answer { outcome.answers.append(Self.text(answer.stanza([], after.room))) }
                self = after
            } catch {
                let refusal = dialect.refusal(error, answering: inbound, in: room)
                return Outcome(answers: refusal.map { [Self.text($0)] } ?? [])
            }
        case .reply(let stanzas): outcome.answers = stanzas.map(Self.text)
        case .relay(let target, let how): outcome.relay = (target, how)
        case .ask, .relayed, .retract, .ignore: break
        }
        return outcome
    }

    /// Applies a command that no stanza asked for.
    mutating func command(_ command: Command) throws -> Outcome {
        var outcome = Outcome()
        for event in try room.decide(command, in: context) { apply(event, &outcome) }
        return outcome
    }

    private mutating func apply(_ event: Event, _ outcome: inout Outcome) {
        if event.isEnding { tell(event, &outcome) }
        room.apply(event)
        outcome.outward += dialect.outward(event, in: room, from: Self.domain).map(Self.text)
        if !event.isEnding { tell(event, &outcome) }
        outcome.copies = outcome.copies.filter { !$0.value.isEmpty }
    }

    private func tell(_ event: Event, _ outcome: inout Outcome) {
        for seat in readers(of: event) {
            var view = view(of: seat, event)
            let full = dialect.write(event, in: room, for: view)
            view.seesJIDs = view.seesJIDs && dialect.facets(of: event, in: room).contains(.sight)
            if !dialect.facets(of: event, in: room).contains(.relation) { view.relation = .other }
            #expect(dialect.write(event, in: room, for: view) == full, "the facets tell too little")
            outcome.copies[seat.address.description, default: []] += full.map(Self.text)
        }
        switch event {
        case .attendance(.entered(let arrival)), .attendance(.resynced(let arrival)):
            var sight = view(of: arrival.seat, event)
            let others = room.roster.all.filter { $0.id != arrival.person.id }.sorted { $0.nick < $1.nick }
            let own = sight
            sight.relation = .other
            let shown = others.compactMap { dialect.presence(of: $0.id, in: room, for: sight) }
            outcome.copies[arrival.seat.address.description, default: []] += dialect.welcome(
                arrival, in: room, for: own, others: shown
            ).map(Self.text)
        default: break
        }
    }

    private func readers(of event: Event) -> [Seat] {
        var seats: [Seat]
        switch room.reach(of: event) {
        case .everybody: seats = room.seating.all
        case .moderators: seats = room.seating.all.filter { room.roster[$0.participant]?.role == .moderator }
        case .participant(let id): seats = room.seating.seats(of: id)
        case .seats(let given): seats = given
        case .sessions, .nobody: seats = []
        }
        if let own = room.subject(of: event) { seats += room.seating.seats(of: own) }
        if case .attendance(.left(let departure)) = event { seats += departure.seats }
        var seen: Set<SeatID> = []
        return seats.filter { seen.insert($0.id).inserted }
    }

    private func view(of seat: Seat, _ event: Event) -> View {
        var isOwn = room.subject(of: event) == seat.participant
        if case .lifecycle = event { isOwn = true }
        return View(
            dialect: MUCDialect.id, domain: Self.domain, seesJIDs: room.permissions.seesJIDs(seat.participant),
            relation: isOwn ? .own(seat.id) : .other)
    }

    /// What disco#info says of the room.
    var features: [String] {
        get throws {
            let stanza = Stanza.iq(type: .get, id: "d", from: try JID(Self.ada), to: try JID("cellar@rooms.example"))
            let service = ServiceFacts(name: "main", title: "Rooms", domains: [])
            let from = try JID(Self.ada)
            let inbound = Inbound(stanza, from: from, to: try JID("cellar@rooms.example"), service: service)
            return dialect.face(of: room, for: inbound).features
        }
    }

    /// The occupant-id element of somebody.
    func oid(_ jid: String) throws -> String {
        "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='\(room.participantID(of: try JID(jid)).text)'/>"
    }

    static func text(_ template: Template) -> String {
        String(decoding: template.head + template.tail, as: UTF8.self)
    }

    static func text(_ stanza: Stanza) -> String { String(decoding: stanza.bytes, as: UTF8.self) }
}

/// The muc#user element with this inside.
func user(_ inside: String) -> String { "<x xmlns='http://jabber.org/protocol/muc#user'>\(inside)</x>" }

/// Status elements.
func status(_ codes: Int...) -> String { codes.map { "<status code='\($0)'/>" }.joined() }
