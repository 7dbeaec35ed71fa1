// Channels of another server, as far as a test writes what they say, and clients that tell what they can.

import Host
import Rooms
import ScenarioKit
import Storage
import Streams
import Synchronization
import Testing
import XML
import XMPP

@testable import Accounts

/// Where everything for other servers ends up.
final class Gate: Sendable {
    private let passed = Mutex<[Envelope]>([])

    func take(_ envelope: Envelope) { passed.withLock { $0.append(envelope) } }

    /// What was sent since the last call.
    func envelopes() -> [Envelope] {
        passed.withLock { passed in
            defer { passed = [] }
            return passed
        }
    }

    /// The same in short: name, type, sender and address, and what is in an IQ.
    func words() -> [String] {
        envelopes().map { envelope in
            let stanza = envelope.stanza
            let type = stanza.type.attribute.map { " \($0)" } ?? ""
            let child = stanza.kind == .iq ? stanza.payload.first.map { " \($0.name)" } ?? "" : ""
            return "\(stanza.kind.rawValue)\(type)\(child) \(envelope.from) \(envelope.to)"
        }
    }
}

extension TestServer {
    static let coven = "coven@mix.other"

    /// A stanza comes from another server.
    func arrive(_ text: String) {
        guard let element = try? Element(parsing: text, in: NS.client), let stanza = try? Stanza(reading: element),
            let from = stanza.from, let to = stanza.to
        else { preconditionFailure("no stanza: \(text)") }
        on(0) { $0.route(Envelope(stanza, from: from, to: to)) }
    }

    /// A room of this server tells of one of its people.
    func tell(
        _ kind: ChannelNotice.Kind, of account: String, in channel: String = "coven@mix.example", at seq: UInt64 = 0
    ) {
        let (jid, channel) = (Self.address(account), Self.address(channel))
        on(house.shard(of: jid)) { shard in
            shard.accountHall?.take(ChannelNotice(kind, of: jid, in: channel, at: seq), on: shard)
        }
    }

    /// A client that is available and has told what it can.
    func available(_ name: String, _ resource: String = "r", features: [String], on shard: Int = 0) -> TestClient {
        let client = client(name, resource, on: shard)
        client.send(Self.presence(of: features))
        client.answerForCapabilities(features)
        _ = client.news()
        return client
    }

    private static func info(_ features: [String]) -> DiscoInfo {
        DiscoInfo(identities: [DiscoInfo.Identity(category: "client", type: "pc")], features: features)
    }

    /// A presence that tells the hash of these features.
    static func presence(of features: [String]) -> String {
        let told = Capabilities(
            hash: CapabilitiesHash.name, node: "urn:client", ver: CapabilitiesHash.ver(of: info(features)) ?? "")
        return "<presence>\(String(decoding: told.element.bytes(in: NS.client), as: UTF8.self))</presence>"
    }

    fileprivate static func answer(_ features: [String]) -> String {
        String(decoding: info(features).element.bytes(in: NS.client), as: UTF8.self)
    }

    /// What is known of the channels of an account.
    func channels(_ name: String) -> [String: String] {
        let box = Box<[String: String]>()
        disk.loadAccount(named: name) { found in
            let items = (try? found.get())?.roster.items ?? []
            box.set(Dictionary(items.compactMap { item in item.channel.map { (item.jid, $0) } }) { $1 })
        }
        scheduler.run()
        return box.value ?? [:]
    }

    /// What is in the archive of an account, by the bodies.
    func archived(_ name: String) -> [String] {
        archivedBytes(name).compactMap { stanza in
            (try? Element(parsing: stanza, in: NS.client))?.child("body", NS.client)?.text
        }
    }

    /// What is in the archive of an account, as it is stored.
    func archivedBytes(_ name: String) -> [[UInt8]] {
        let box = Box<[[UInt8]]>()
        disk.archive(AccountArchiveQuery(limit: 99), of: name) { found in
            box.set(((try? found.get()) ?? []).map(\.stanza))
        }
        scheduler.run()
        return box.value ?? []
    }
}

extension TestClient {
    /// Answers the server's question what the client can, if it is asked.
    func answerForCapabilities(_ features: [String]) {
        for question in news() where question.child("query", NS.discoInfo) != nil {
            send(
                "<iq type='result' id='\(question["id"] ?? "")' to='\(question["from"] ?? "")'>"
                    + TestServer.answer(features) + "</iq>")
        }
    }

    /// Asks for the roster.
    ///
    /// - Returns: its entries: address, subscription, and the id in the channel where that is told.
    @discardableResult
    func roster(_ child: String = "") -> [String] {
        send("<iq type='get' id='roster'><query xmlns='\(NS.roster)'>\(child)</query></iq>")
        return news().last?.child("query", NS.roster)?.children.map(Self.words) ?? []
    }

    /// The pushes among what was heard since the last call, each in the same words, and everything else in short.
    func told() -> [String] {
        news().map { element in
            if let item = element.child("query", NS.roster)?.children.first(where: { _ in true }) {
                return "push " + Self.words(item)
            }
            let error = element.child("error", NS.client)?.children.first { $0.namespace == NS.stanzas }?.name
            let from = element["from"].map { " \($0)" } ?? ""
            return element.name + (element["type"].map { " \($0)" } ?? "") + (error.map { " \($0)" } ?? "") + from
        }
    }

    private static func words(_ item: Element) -> String {
        let id = item.child("channel", NS.mixRoster)?["participant-id"]
        return "\(item["jid"] ?? "") \(item["subscription"] ?? "")" + (id.map { " \($0)" } ?? "")
    }

    /// Asks the own account to join a channel, in today's form.
    func join(_ channel: String = TestServer.coven, id: String = "j") {
        send(
            "<iq type='set' id='\(id)'><client-join xmlns='\(NS.mixPAM)' channel='\(channel)'>"
                + "<join xmlns='\(NS.mixCore)'><subscribe node='\(NS.mixNodeMessages)'/></join></client-join></iq>")
    }
}
