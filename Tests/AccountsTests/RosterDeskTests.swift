// The roster: read, changed, pushed to whoever asked for it (RFC 6121 §2).

import Storage
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct RosterDeskTests {
    private func get(_ client: TestClient) -> Element? {
        client.send("<iq type='get' id='get'><query xmlns='\(NS.roster)'/></iq>")
        return client.news().last?.child("query", NS.roster)
    }

    private func set(_ items: String, _ client: TestClient) {
        client.send("<iq type='set' id='set'><query xmlns='\(NS.roster)'>\(items)</query></iq>")
    }

    @Test func isReadAndChanged() throws {  // IM-121, IM-122
        let server = TestServer()
        server.register("ada")
        let ada = server.available("ada", on: 1)
        #expect(Array(try #require(get(ada)).children).isEmpty)
        set("<item jid='bo@example/r' name='Bo' subscription='both' ask='subscribe'><group>coven</group></item>", ada)
        _ = ada.news()
        let item = try #require(get(ada)?.children.first { _ in true })
        #expect(item["jid"] == "bo@example" && item["name"] == "Bo")
        #expect(item["subscription"] == "none" && item["ask"] == nil)
        #expect(item.children.map(\.text) == ["coven"])
        set("<item jid='bo@example'/>", ada)
        _ = ada.news()
        let bare = try #require(get(ada)?.children.first { _ in true })
        #expect(bare["name"] == nil && bare.children.map(\.text).isEmpty)
        #expect(ada.unanswered == 0)
    }

    @Test func changesArePushedToWhoeverAskedForIt() throws {  // IM-122, IM-125
        let server = TestServer()
        server.register("ada")
        let (phone, desk) = (server.available("ada", "phone"), server.available("ada", "desk", on: 1))
        let tablet = server.available("ada", "tablet")
        _ = (get(phone), get(desk))
        _ = (phone.news(), desk.news(), tablet.news())
        set("<item jid='bo@example'/>", phone)
        let heard = phone.news()
        #expect(heard.map { $0["type"] ?? "" } == ["set", "result"])
        let push = try #require(desk.news().first)
        #expect(push["to"] == "ada@example/desk" && push["from"] == nil)
        #expect(push.child("query", NS.roster)?.children.map { $0["jid"] ?? "" } == ["bo@example"])
        #expect(tablet.news().isEmpty)
        set("<item jid='cy@example'/>", phone)
        #expect(desk.news().first?["id"] != push["id"])
        phone.send("<iq type='result' id='\(push["id"] ?? "")'/><iq type='error' id='x'/>")
        #expect(phone.unanswered == 0)
    }

    @Test func removingTellsAndAnUnknownItemIsRefused() {  // IM-124
        let server = TestServer()
        server.register("ada")
        let ada = server.available("ada")
        _ = get(ada)
        set("<item jid='bo@example'/>", ada)
        _ = ada.news()
        set("<item jid='bo@example' subscription='remove'/>", ada)
        let push = ada.news().first?.child("query", NS.roster)?.children.first { _ in true }
        #expect(push?["subscription"] == "remove" && push?["jid"] == "bo@example")
        set("<item jid='bo@example' subscription='remove'/>", ada)
        #expect(ada.words() == ["iq error item-not-found"])
        #expect(ada.unanswered == 0)
    }

    @Test(arguments: [
        ("", "bad-request"), ("<item jid='bo@example'/><item jid='cy@example'/>", "bad-request"),
        ("<item/>", "bad-request"), ("<item jid='@'/>", "bad-request"),
        ("<item jid='bo@example'><group>a</group><group>a</group></item>", "bad-request"),
        ("<item jid='bo@example'><group/></item>", "not-acceptable"),
        ("<item jid='bo@example' name='\(String(repeating: "x", count: 1_024))'/>", "not-acceptable"),
        ("<item jid='ada@example'/>", "not-allowed"),
    ]) func wrongItemsAreRefused(items: String, condition: String) {  // IM-123
        let server = TestServer()
        server.register("ada")
        let ada = server.available("ada")
        set(items, ada)
        #expect(ada.words() == ["iq error \(condition)"])
        #expect(ada.unanswered == 0)
    }

    @Test func othersRostersAreForbidden() {  // IM-123
        let server = TestServer()
        server.register("ada", "bo")
        let ada = server.available("ada")
        ada.send("<iq type='set' id='s' to='bo@example'><query xmlns='\(NS.roster)'><item jid='x@y'/></query></iq>")
        #expect(ada.words() == ["iq error forbidden"])
    }

    @Test func hasABound() {  // IM-127
        var limits = StorageLimits()
        limits.rosterItems = 1
        let server = TestServer(storage: limits)
        server.register("ada")
        let ada = server.available("ada")
        set("<item jid='bo@example'/>", ada)
        set("<item jid='cy@example'/>", ada)
        #expect(ada.words() == ["iq result set", "iq error resource-constraint"])
    }

    @Test func failingStoreIsToldAndChangesNothing() {
        let server = TestServer()
        server.register("ada")
        let ada = server.available("ada")
        server.disk.failCommits(1, with: .full)
        set("<item jid='bo@example'/>", ada)
        #expect(ada.words() == ["iq error internal-server-error"])
        #expect(get(ada)?.children.map(\.name) == [])
        #expect(ada.unanswered == 0)
    }
}
