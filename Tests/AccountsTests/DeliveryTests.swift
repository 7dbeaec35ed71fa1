// What is delivered to whom: the table of RFC 6121 §8.5, a row a case.

import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct DeliveryTests {
    /// Who of the account `bo` is there.
    enum Presence: String, Sendable { case missing, connected, negative, available }

    /// What becomes of a stanza.
    enum Outcome: Sendable, Equatable {
        case delivered([String])
        case kept
        case error(String)
        case dropped
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let presence: Presence
        let to: String
        let type: String
        let outcome: Outcome

        var testDescription: String { "\(presence), \(type) to \(to)" }
    }

    private static let unavailable = Outcome.error("service-unavailable")

    /// IM-147, IM-148, IM-149, IM-150: to the bare JID.
    static let bare: [Row] =
        [Presence.missing, .connected, .negative].flatMap { presence in
            let away = presence == .missing ? unavailable : .kept
            return [
                Row(presence: presence, to: "bo@example", type: "normal", outcome: away),
                Row(presence: presence, to: "bo@example", type: "chat", outcome: away),
                Row(presence: presence, to: "bo@example", type: "groupchat", outcome: unavailable),
                Row(presence: presence, to: "bo@example", type: "headline", outcome: .dropped),
                Row(presence: presence, to: "bo@example", type: "error", outcome: .dropped),
            ]
        } + [
            Row(presence: .available, to: "bo@example", type: "normal", outcome: .delivered(["a", "b"])),
            Row(presence: .available, to: "bo@example", type: "chat", outcome: .delivered(["a", "b"])),
            Row(presence: .available, to: "bo@example", type: "headline", outcome: .delivered(["a", "b"])),
            Row(presence: .available, to: "bo@example", type: "groupchat", outcome: unavailable),
            Row(presence: .available, to: "bo@example", type: "error", outcome: .dropped),
        ]

    /// IM-149, IM-151: to a full JID that is connected.
    static let full: [Row] = [Presence.connected, .negative, .available].flatMap { presence in
        ["normal", "chat", "groupchat", "headline", "error"].map { type in
            Row(presence: presence, to: "bo@example/a", type: type, outcome: .delivered(["a"]))
        }
    }

    /// IM-147, IM-152, IM-153: to a full JID that is not.
    static let empty: [Row] = [Presence.missing, .connected, .negative, .available].flatMap { presence in
        let chat: Outcome =
            switch presence {
            case .missing: unavailable
            case .connected, .negative: .kept
            case .available: .delivered(["a", "b"])
            }
        return [
            Row(presence: presence, to: "bo@example/gone", type: "normal", outcome: unavailable),
            Row(presence: presence, to: "bo@example/gone", type: "chat", outcome: chat),
            Row(presence: presence, to: "bo@example/gone", type: "groupchat", outcome: unavailable),
            Row(presence: presence, to: "bo@example/gone", type: "headline", outcome: .dropped),
            Row(presence: presence, to: "bo@example/gone", type: "error", outcome: .dropped),
        ]
    }

    @Test(arguments: bare + full + empty) func messages(row: Row) {
        let server = TestServer()
        server.register("ada")
        if row.presence != .missing { server.register("bo") }
        let ada = server.available("ada")
        let bos = clients(row.presence, server)
        let error = "<error type='cancel'><gone xmlns='\(NS.stanzas)'/></error>"
        let child = row.type == "error" ? error : "<body>hi</body>"
        ada.send("<message type='\(row.type)' to='\(row.to)' id='m'>\(child)</message>")
        let hearing = bos.filter { !$0.client.news().isEmpty }.map(\.resource)
        let answers = ada.words()
        switch row.outcome {
        case .delivered(let resources):
            #expect(hearing == resources)
            #expect(answers.isEmpty)
        case .error(let condition):
            #expect(hearing.isEmpty)
            #expect(answers == ["message error \(condition)"])
        case .dropped, .kept: #expect(hearing.isEmpty && answers.isEmpty)
        }
        #expect(server.waiting("bo") == (row.outcome == .kept ? 1 : 0))
        #expect(ada.unanswered == 0)
    }

    private func clients(_ presence: Presence, _ server: TestServer) -> [(resource: String, client: TestClient)] {
        switch presence {
        case .missing: []
        case .connected: [("a", server.client("bo", "a", on: 1))]
        case .negative: [("a", server.available("bo", "a", priority: -1, on: 1))]
        case .available:
            [("a", 0), ("b", 5), ("c", -1)].map { resource, priority in
                (resource, server.available("bo", resource, priority: priority, on: priority == 5 ? 1 : 0))
            }.map { client in
                _ = client.1.news()
                return client
            }
        }
    }

    @Test func requestsToAFullAddress() {  // IM-103
        let server = TestServer()
        server.register("ada", "bo")
        let (ada, bo) = (server.available("ada"), server.available("bo", on: 1))
        ada.send("<iq type='get' id='1' to='bo@example/r'><query xmlns='jabber:iq:version'/></iq>")
        #expect(bo.words() == ["iq get 1"])
        ada.send("<iq type='get' id='2' to='bo@example/gone'><query xmlns='jabber:iq:version'/></iq>")
        ada.send("<iq type='result' id='3' to='bo@example/gone'/>")
        ada.send("<iq type='get' id='4' to='nobody@example/r'><query xmlns='jabber:iq:version'/></iq>")
        #expect(ada.words() == ["iq error service-unavailable", "iq error service-unavailable"])
        #expect(ada.unanswered == 0)
    }

    @Test func requestsToABareAddressTellNothingOfAccounts() {  // IM-100, IM-103
        let server = TestServer()
        server.register("ada", "bo")
        let ada = server.available("ada")
        for name in ["bo", "nobody"] {
            ada.send("<iq type='get' id='1' to='\(name)@example'><query xmlns='\(NS.discoInfo)'/></iq>")
            ada.send("<iq type='get' id='2' to='\(name)@example'><query xmlns='\(NS.roster)'/></iq>")
            ada.send("<presence to='\(name)@example' type='subscribe'/>")
            #expect(ada.words() == ["iq error service-unavailable", "iq error forbidden"])
        }
        #expect(ada.unanswered == 0)
        #expect(server.accountCount == 1)
    }

    @Test func presenceGoesToEveryAvailableResource() {
        let server = TestServer()
        server.register("ada", "bo")
        let ada = server.available("ada")
        let bos = clients(.available, server).map(\.client)
        for bo in bos { _ = bo.news() }
        ada.send("<presence to='bo@example' id='p'/>")
        #expect(bos.map { $0.words() } == [["presence p"], ["presence p"], ["presence p"]])
        ada.send("<presence to='bo@example/c' id='q'/>")
        #expect(bos.map { $0.words() } == [[], [], ["presence q"]])
        ada.send("<presence to='bo@example/gone' id='r'/><presence to='nobody@example' id='s'/>")
        #expect(ada.words().isEmpty)
        #expect(ada.unanswered == 0)
    }

    @Test func messagesToOneselfAndToNobody() {  // IM-097, IM-154
        let server = TestServer()
        server.register("ada")
        let (phone, desk) = (server.available("ada", "phone"), server.available("ada", "desk", on: 1))
        _ = phone.news()
        phone.send("<message id='m'><body>note</body></message>")
        let copies = [phone.news(), desk.news()].flatMap { $0 }
        #expect(copies.count == 1)
        #expect(copies.allSatisfy { $0["to"] == "ada@example" && $0["from"] == "ada@example/phone" })
        #expect(phone.unanswered == 0)
    }
}
