// A channel in a test of the dialect: what it is, without a client in it.

import Rooms
import XMPP

@testable import MIX

/// The channel `coven`, made by Hag66, with a clock that stands still.
struct Chamber {
    var room = Room(name: RoomName(service: "main", local: "coven"))
    static let hag = "hag66@shakespeare.lit"
    static let crone = "crone1@shakespeare.lit/desktop"

    let context = Context(
        now: Moment(milliseconds: 1_795_248_000_000), randomBytes: { [UInt8](repeating: 7, count: $0) })

    init(_ settings: [Setting: SettingValue] = [:]) throws {
        try run(.found(by: try Self.requester(Self.hag), with: settings))
    }

    static func requester(_ address: String) throws -> Requester { Requester(jid: try JID(address)) }

    mutating func run(_ command: Command) throws {
        for event in try room.decide(command, in: context) { room.apply(event) }
    }

    mutating func join(_ address: String, as nick: String, to topics: [Topics] = [.messages]) throws {
        try run(
            .membership(
                .join(
                    Command.Joining(
                        address: try JID(address), domain: "mix.shakespeare.lit", dialect: Grammar.current.id,
                        asked: topics, nick: nick))))
    }
}
