// How one happening is told in every dialect and to every kind of reader, side by side.

import DialectKit
import Groupchat
import MIX
import MUC
package import Rooms
import XML
import XMPP

/// One golden file.
package struct RosettaPage: Sendable {
    package private(set) var text: String

    static let domain = "chat.example"
    static let channels = "mix.example"
    /// Whoever speaks both drafts is told the same as whoever may speak either.
    private static let dialects: [any Dialect] =
        [MUCDialect(legacyInvitations: true), GroupchatDialect()]
        + MIXDialect.family([.current, .core0, .v021, .v001, .undetermined]).filter { $0.id != Grammar.both.id }

    init(title: String) { text = title + "\n" }

    /// Writes down an event; `room` is the state after it.
    mutating func add(_ event: Event, in room: Room) {
        let isForAdmins = if case .conversation(.registrationRequested) = event { true } else { false }
        let readers = isForAdmins ? "admins" : Self.words(for: room.reach(of: event))
        text += "\n==== \(event.kind), to \(readers)\n"
        for dialect in Self.dialects {
            text += "\n---- \(dialect.id)\n"
            let own = ownSeat(event, room)
            if let own { tell(isForAdmins ? "to admins" : "to its own", own, from: event, dialect, room) }
            tellOthers(event, dialect, room)
            let outward = dialect.outward(event, in: room, from: Self.domain(of: dialect))
            if !outward.isEmpty { write("out of the room", outward.map { Template($0) }, showsAddress: outward) }
        }
    }

    private mutating func tellOthers(_ event: Event, _ dialect: any Dialect, _ room: Room) {
        let (isHeard, isForModerators): (Bool, Bool) =
            switch room.reach(of: event) {
            case .nobody, .seats: (false, false)
            case .sessions: (dialect.tellsSessions, false)
            case .moderators: (true, true)
            case .everybody: (true, false)
            case .participant(let id): (id != room.subject(of: event), false)
            }
        guard isHeard else { return }
        let seeing = dialect.write(event, in: room, for: view(dialect, room, seesJIDs: true))
        let blind = dialect.write(event, in: room, for: view(dialect, room, seesJIDs: false))
        if isForModerators { return write("to moderators", seeing) }
        if seeing == blind { return write("to others", blind) }
        write("to others", blind)
        write("to others who may see addresses", seeing)
    }

    private mutating func tell(
        _ whom: String, _ seat: SeatID, from event: Event, _ dialect: any Dialect, _ room: Room
    ) {
        var view = view(dialect, room, seesJIDs: false)
        switch event {
        case .attendance(.entered(let arrival)), .attendance(.resynced(let arrival)):
            let others = room.roster.all.filter { $0.id != arrival.person.id }.sorted { $0.nick < $1.nick }
                .compactMap { dialect.presence(of: $0.id, in: room, for: view) }
            view.relation = .own(seat)
            write(whom, dialect.welcome(arrival, in: room, for: view, others: others))
        default:
            view.relation = .own(seat)
            write(whom, dialect.write(event, in: room, for: view))
        }
    }

    private func view(_ dialect: any Dialect, _ room: Room, seesJIDs: Bool) -> View {
        View(
            dialect: dialect.id, domain: Self.domain(of: dialect), seesJIDs: seesJIDs,
            language: dialect.language(for: "en", in: room))
    }

    private static func domain(of dialect: any Dialect) -> String { dialect.tellsSessions ? channels : domain }

    /// A seat of whoever the event is about.
    private func ownSeat(_ event: Event, _ room: Room) -> SeatID? {
        switch event {
        case .attendance(.entered(let arrival)), .attendance(.resynced(let arrival)): arrival.seat.id
        case .attendance(.left(let departure)): departure.seats.first?.id
        case .lifecycle(.destroyed(let ending)): ending.seats.first?.id
        case .lifecycle(.shutDown(let seats, _)): seats.first?.id
        case .conversation(.registrationRequested):
            if case .seats(let seats) = room.reach(of: event) { seats.first?.id } else { nil }
        case .membership(.withdrawn(let withdrawal)): withdrawal.seats.first?.id
        default:
            (room.subject(of: event) ?? room.speaker(of: event)).flatMap { room.seating.seats(of: $0).first?.id }
        }
    }

    private static func words(for reach: Reach) -> String {
        switch reach {
        case .everybody: "everybody"
        case .moderators: "moderators"
        case .participant: "one participant"
        case .seats: "those who are put out"
        case .sessions: "those who know sessions apart"
        case .nobody: "nobody else"
        }
    }

    // MARK: Stanzas

    /// - Parameter showsAddress: stanzas that have a receiver of their own, which a template leaves out.
    private mutating func write(_ whom: String, _ templates: [Template], showsAddress stanzas: [Stanza] = []) {
        text += "\(whom):\n"
        if templates.isEmpty { text += "    nothing\n" }
        for (index, template) in templates.enumerated() {
            let bytes = index < stanzas.count ? stanzas[index].bytes : template.head + template.tail
            guard let element = try? Element(parsing: bytes) else {
                text += "    NOT XML: \(String(decoding: bytes, as: UTF8.self))\n"
                continue
            }
            text += Self.lines(element, within: NS.client, indent: 4)
        }
    }

    /// One element a line, children indented.
    private static func lines(_ element: Element, within namespace: String, indent: Int) -> String {
        let space = String(repeating: " ", count: indent)
        let open = tag(element, within: namespace)
        let children = Array(element.children)
        guard !children.isEmpty else {
            if element.text.isEmpty { return "\(space)<\(open)/>\n" }
            return "\(space)<\(open)>\(element.text)</\(element.name)>\n"
        }
        let inner = children.map { lines($0, within: element.namespace, indent: indent + 2) }.joined()
        return "\(space)<\(open)>\n\(inner)\(space)</\(element.name)>\n"
    }

    private static func tag(_ element: Element, within namespace: String) -> String {
        var parts = [element.name]
        if element.namespace != namespace { parts.append("xmlns='\(element.namespace)'") }
        parts += element.attributes.map { ($0.namespace.isEmpty ? $0.name : "xml:\($0.name)") + "='\($0.value)'" }
        return parts.joined(separator: " ")
    }
}

extension Event {
    /// What kind of happening this is. Exhaustive on purpose: a new kind wants a page.
    package var kind: String {
        switch self {
        case .lifecycle(.created): "created"
        case .lifecycle(.unlocked): "unlocked"
        case .lifecycle(.destroyed): "destroyed"
        case .lifecycle(.shutDown): "shut down"
        case .attendance(.entered): "entered"
        case .attendance(.resynced): "resynced"
        case .attendance(.presenceChanged): "presence changed"
        case .attendance(.visibilityChanged): "visibility changed"
        case .attendance(.renamed): "renamed"
        case .attendance(.left): "left"
        case .conversation(.said): "said"
        case .conversation(.subjectChanged): "subject changed"
        case .conversation(.whispered): "whispered"
        case .conversation(.invited): "invited"
        case .conversation(.declined): "declined"
        case .conversation(.returned): "returned"
        case .conversation(.voiceRequested): "voice requested"
        case .conversation(.registrationRequested): "registration requested"
        case .governance(.roleChanged): "role changed"
        case .governance(.affiliationChanged): "affiliation changed"
        case .governance(.configured): "configured"
        case .conversation(.retracted): "retracted"
        case .membership(let happening): happening.kind
        case .library(.made): "node made"
        case .library(.dropped): "node dropped"
        case .library(.published): "item published"
        case .library(.removed): "items removed"
        }
    }

    /// All of them.
    package static let kinds: Set<String> = [
        "created", "unlocked", "destroyed", "shut down", "entered", "resynced", "presence changed",
        "visibility changed", "renamed", "left", "said", "subject changed", "whispered", "invited", "declined",
        "returned", "registration requested", "voice requested", "role changed", "affiliation changed", "configured",
        "retracted", "joined", "membership changed", "withdrawn", "listening", "deafened", "placed", "retuned",
        "invitation made", "node made", "node dropped", "item published", "items removed",
    ]
}

extension Event.Membership {
    fileprivate var kind: String {
        switch self {
        case .joined: "joined"
        case .changed: "membership changed"
        case .withdrawn: "withdrawn"
        case .listening: "listening"
        case .deafened: "deafened"
        case .placed: "placed"
        case .retuned: "retuned"
        case .invited: "invitation made"
        case .sighted: "stranger seen"
        case .vanished: "stranger seen no more"
        }
    }
}
