// Somebody who speaks to rooms from a connection of a test house.

import Host
import ScenarioKit
import Testing
import XML
import XMPP

/// A client: a full JID, a port, and an ear at it.
struct Guest {
    let jid: JID
    let ear = Ear()
    let port: Port
    private let house: TestHouse
    private let sender: SeededScheduler.Sender
    private let count = Box<Int>()

    init(_ name: String, at shard: Int, in house: TestHouse, resource: String = "r") {
        self.house = house
        jid = Self.address("\(name)@example/\(resource)")
        sender = house.scheduler.makeSender()
        let (box, ear) = (Box<Port>(), ear)
        house.on(shard) { box.set($0.openPort(for: ear)) }
        guard let port = box.value else { preconditionFailure("no port") }
        self.port = port
    }

    static func address(_ text: String) -> JID {
        guard let jid = try? JID(text) else { preconditionFailure("\(text) is no address") }
        return jid
    }

    static func room(_ name: String, _ nick: String? = nil) -> JID {
        address("\(name)@\(TestHouse.domain)" + (nick.map { "/\($0)" } ?? ""))
    }

    /// Sends, and does not wait.
    func post(_ stanza: Stanza) {
        var stanza = stanza
        stanza.from = jid
        guard let to = stanza.to else { return }
        count.set(sent + 1)
        let envelope = Envelope(stanza, from: jid, to: to, origin: port, ticket: UInt64(sent))
        let shard = house.shards[Int(port.shard)]
        guard let loop = shard.loop as? SeededLoop else { return }
        house.scheduler.post(to: loop.number, from: sender) { shard.assumeIsolated { $0.route(envelope) } }
    }

    /// Sends, and waits for all that follows.
    func send(_ stanza: Stanza) {
        post(stanza)
        house.scheduler.run()
    }

    /// How many stanzas were sent; each is owed one completion.
    var sent: Int { count.value ?? 0 }

    // MARK: Stanzas

    static func join(_ room: String, _ nick: String) -> Stanza {
        .presence(to: Self.room(room, nick), payload: [Element("x", NS.muc)])
    }

    static func leave(_ room: String, _ nick: String) -> Stanza {
        .presence(type: .unavailable, to: Self.room(room, nick))
    }

    static func say(_ words: String, in room: String) -> Stanza {
        .message(type: .groupchat, id: words, to: Self.room(room), payload: [Element("body", NS.client) { words }])
    }

    static func configure(_ room: String, _ fields: [String: String]) -> Stanza {
        let form = Element("x", NS.dataForms, ["type": "submit"]) {
            Element("field", NS.dataForms, ["var": "FORM_TYPE"]) {
                Element("value", NS.dataForms) { NS.mucRoomConfig }
            }
            for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
                Element("field", NS.dataForms, ["var": name]) { Element("value", NS.dataForms) { value } }
            }
        }
        return .iq(type: .set, id: "configure", to: Self.room(room), payload: [Element("query", NS.mucOwner) { form }])
    }

    static func destroy(_ room: String) -> Stanza {
        .iq(
            type: .set, id: "destroy", to: Self.room(room),
            payload: [Element("query", NS.mucOwner) { Element("destroy", NS.mucOwner) }])
    }

    static func give(_ change: KeyValuePairs<String, String?>, in room: String) -> Stanza {
        .iq(
            type: .set, id: "give", to: Self.room(room),
            payload: [Element("query", NS.mucAdmin) { Element("item", NS.mucAdmin, change) }])
    }
}

extension Ear {
    /// The bodies of groupchat messages heard, in order.
    var said: [String] {
        elements.compactMap { $0.name == "message" ? $0.child("body", NS.client)?.text : nil }
    }

    /// The conditions of the errors heard, in order.
    var errors: [String] {
        elements.compactMap { $0.child("error", NS.client)?.children.first { $0.namespace == NS.stanzas }?.name }
    }
}
