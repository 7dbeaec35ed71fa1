// A room with groupchat 1.0 clients round it, without loops, storage or sockets: stanzas in, what each client reads.

import DialectKit
import Groupchat
import Rooms
import Testing
import XML
import XMPP

/// What one stanza led to.
struct Told {
    /// What each groupchat 1.0 seat was told, by full JID, without the `to`.
    var copies: [String: [Element]] = [:]
    /// Answers to the sender.
    var answers: [Element] = []
    /// To whom an IQ was passed on.
    var relay: (ParticipantID, Intent.RelayTarget)?
    var events: [Event] = []

    subscript(_ address: String) -> [Element] { copies[address] ?? [] }
    /// Whether nothing at all happened.
    var isNothing: Bool { copies.isEmpty && answers.isEmpty && relay == nil && events.isEmpty }
}

/// The elements of a transcript.
func xml(_ texts: String...) throws -> [Element] { try texts.map { try Element(parsing: $0) } }

/// The room `coven@chat.shakespeare.lit`, where Hag66 owns and speaks MUC and the others speak groupchat 1.0.
struct Coven {
    var room = Room(name: RoomName(service: "main", local: "coven"))
    var dialect = GroupchatDialect(policy: .auto)
    var context = Context(
        now: Moment(milliseconds: 1_034_553_517_000), randomBytes: { [UInt8](repeating: 7, count: $0) })
    static let domain = "chat.shakespeare.lit"
    static let hag = "hag66@shakespeare.lit/pda"
    static let crone = "crone1@shakespeare.lit/desktop"
    static let wicca = "wiccarocks@shakespeare.lit/laptop"

    /// Hag66 made the room, and nobody else is there.
    init(_ settings: [Setting: SettingValue] = [:]) throws {
        for (setting, value) in settings { context.defaults[setting] = value }
        context.locksNewRooms = false
        try command(.enter(entry(Self.hag, "firstwitch", dialect: "muc")))
    }

    /// Crone is there too, as `thirdwitch`.
    static func withCrone(_ settings: [Setting: SettingValue] = [:], language: String? = nil) throws -> Coven {
        var coven = try Coven(settings)
        try coven.enter(crone, "thirdwitch", language: language)
        return coven
    }

    @discardableResult
    mutating func enter(_ address: String, _ nick: String, language: String? = nil) throws -> Told {
        let tag = language.map { " xml:lang='\($0)'" } ?? ""
        return try send(address, "<presence id='e1' to='coven@chat.shakespeare.lit/\(nick)'\(tag)/>")
    }

    func entry(_ address: String, _ nick: String, dialect: String) throws -> Entry {
        Entry(
            address: try JID(address), domain: Self.domain, dialect: DialectID(dialect), nick: nick,
            tolerance: .orHeld, creation: .open)
    }

    /// Who acts in Hag66's name.
    var owner: Requester {
        get throws {
            let jid = try JID(Self.hag)
            return Requester(jid: jid, seat: room.seating[address: jid]?.id)
        }
    }

    // MARK: What happens

    /// Everything that a stanza of a client leads to, as the room's loop would do it.
    @discardableResult
    mutating func send(_ address: String, _ text: String, features: [String]? = nil) throws -> Told {
        let inbound = try inbound(address, text, features: features)
        do throws(StanzaError) {
            return perform(try dialect.read(inbound, in: room, now: context.now), inbound)
        } catch {
            return Told(answers: [inbound.stanza.error(error).element])
        }
    }

    func inbound(_ address: String, _ text: String, features: [String]? = nil) throws -> Inbound {
        let from = try JID(address)
        var stanza = try Stanza(reading: Element(parsing: text))
        stanza.from = from
        let domain = ServiceFacts.Domain(name: Self.domain, dialects: [DialectID("muc"), GroupchatDialect.id])
        let service = ServiceFacts(name: "main", title: "Rooms", domains: [domain])
        var inbound = Inbound(stanza, from: from, to: try #require(stanza.to), service: service, features: features)
        inbound.seat = room.seating[address: from]
        return inbound
    }

    private mutating func perform(_ intent: Intent, _ inbound: Inbound) -> Told {
        var told = Told()
        switch intent {
        case .change(let commands, _):
            var after = self
            do throws(Refusal) {
                for command in commands {
                    for event in try after.room.decide(command, in: context) { after.apply(event, &told) }
                }
                self = after
            } catch {
                return Told(answers: [dialect.refusal(error, answering: inbound, in: room)?.element].compactMap { $0 })
            }
        case .reply(let stanzas): told.answers = stanzas.map(\.element)
        case .relay(let target, let how): told.relay = (target, how)
        case .ask, .relayed, .retract, .ignore: break
        }
        return told
    }

    /// Applies a command that no groupchat 1.0 stanza asked for.
    @discardableResult
    mutating func command(_ command: Command) throws -> Told {
        var told = Told()
        for event in try room.decide(command, in: context) { apply(event, &told) }
        return told
    }

    // MARK: What is told

    private mutating func apply(_ event: Event, _ told: inout Told) {
        let before = room.seating.all
        told.events.append(event)
        if event.isEnding { tell(event, before, &told) }
        room.apply(event)
        if !event.isEnding { tell(event, before, &told) }
    }

    private func tell(_ event: Event, _ before: [Seat], _ told: inout Told) {
        let subject = room.subject(of: event)
        let seats = before.filter { seat in !room.seating.all.contains { $0.id == seat.id } } + room.seating.all
        for seat in seats where seat.dialect == GroupchatDialect.id {
            let isOwn = seat.participant == subject
            guard isOwn || hears(seat, event) else { continue }
            let isEmptied = event.isEnding || !room.seating.all.contains { $0.id == seat.id }
            for template in write(event, to: seat, isOwn: isOwn || isEmptied) {
                told.copies[seat.address.description, default: []].append(Self.element(template))
            }
        }
    }

    private func hears(_ seat: Seat, _ event: Event) -> Bool {
        switch room.reach(of: event) {
        case .everybody: true
        case .moderators: room.roster[seat.participant]?.role == .moderator
        case .participant(let id): seat.participant == id
        case .seats(let seats): seats.contains { $0.id == seat.id }
        case .sessions, .nobody: false
        }
    }

    private func write(_ event: Event, to seat: Seat, isOwn: Bool) -> [Template] {
        let view = view(of: seat, isOwn: isOwn)
        switch event {
        case .attendance(.entered(let arrival)), .attendance(.resynced(let arrival)):
            guard arrival.seat.id == seat.id else { break }
            let people = room.roster.all.filter { $0.id != seat.participant }.sorted { $0.nick < $1.nick }
            let others = people.compactMap { dialect.presence(of: $0.id, in: room, for: self.view(of: seat)) }
            return dialect.welcome(arrival, in: room, for: view, others: others)
        default: break
        }
        return dialect.write(event, in: room, for: view)
    }

    func view(of seat: Seat, isOwn: Bool = false) -> View {
        View(
            dialect: seat.dialect, domain: Self.domain, seesJIDs: room.permissions.seesJIDs(seat.participant),
            relation: isOwn ? .own(seat.id) : .other, language: dialect.language(for: seat.language, in: room))
    }

    static func element(_ template: Template) -> Element {
        let bytes = template.head + template.tail
        return (try? Element(parsing: bytes)) ?? Element("unreadable", "") { String(decoding: bytes, as: UTF8.self) }
    }
}
