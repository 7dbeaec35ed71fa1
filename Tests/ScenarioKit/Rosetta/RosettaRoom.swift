// The room whose events are rendered in every dialect: always the same people, the same time, the same ids.

import DialectKit
import Rooms
import XML
import XMPP

/// A room to which things happen; each of them is written down in all dialects the moment it happens.
package struct RosettaRoom {
    private(set) var room: Room
    private(set) var page: RosettaPage
    private var now = Playbill.opening
    private let limits = RoomLimits()

    /// Nicks and who has them.
    enum Person: String, CaseIterable {
        case hag = "firstwitch"
        case wicca = "secondwitch"
        case crone = "thirdwitch"

        var jid: String {
            switch self {
            case .hag: "hag66@shakespeare.example/pda"
            case .wicca: "wiccarocks@shakespeare.example/laptop"
            case .crone: "crone1@shakespeare.example/desktop"
            }
        }

        var dialect: DialectID { DialectID(self == .crone ? "groupchat" : "muc") }
    }

    init(_ title: String) {
        room = Room(name: RoomName(service: "main", local: "coven"), limits: limits)
        page = RosettaPage(title: title)
    }

    // MARK: Happening

    /// Carries out a command and forgets how it was told.
    mutating func prepare(_ command: Command) throws {
        for event in try decide(command) { room.apply(event) }
    }

    /// Carries out a command and writes down how each event of it is told.
    mutating func show(_ command: Command) throws {
        for event in try decide(command) {
            if event.isEnding { page.add(event, in: room) }
            room.apply(event)
            if !event.isEnding { page.add(event, in: room) }
        }
    }

    private mutating func decide(_ command: Command) throws -> [Event] {
        now = now + .seconds(60)
        let context = Context(
            now: now, randomBytes: { count in (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) } },
            limits: limits, homes: ["shakespeare.example"])
        return try room.decide(command, in: context)
    }

    // MARK: Who and what

    func seat(of person: Person) throws -> SeatID {
        guard let seat = try room.seating[address: JID(person.jid)] else {
            throw StageFault("\(person.rawValue) is not in the room")
        }
        return seat.id
    }

    func participant(_ person: Person) throws -> ParticipantID {
        guard let id = try room.roster[jid: JID(person.jid)]?.id else {
            throw StageFault("\(person.rawValue) is not in the room")
        }
        return id
    }

    func requester(_ person: Person) throws -> Requester {
        try Requester(jid: JID(person.jid), seat: seat(of: person))
    }

    static func entry(_ person: Person) throws -> Command {
        try .enter(
            Entry(
                address: JID(person.jid), domain: RosettaPage.domain, dialect: person.dialect, nick: person.rawValue,
                tolerance: .orHeld, creation: .open, presence: presence(show: nil), language: "en",
                answering: "e1"))
    }

    static func presence(show: String?) -> SeatPresence {
        SeatPresence(payload: show.map { show in [Element("show", NS.client) { show }] } ?? [])
    }

    static func words(_ body: String, type: StanzaType = .groupchat) -> Utterance {
        Utterance(id: "hysf1v37", type: type, payload: [Element("body", NS.client) { body }])
    }
}
