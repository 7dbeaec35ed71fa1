// Sessions that outlive their connections (XEP-0198 §5).

import Host
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct ResumptionTests {
    private static func join(_ nick: String) -> String {
        "<presence to='coven@conference.example/\(nick)'><x xmlns='\(NS.muc)'/></presence>"
    }

    private func say(_ words: String) -> String {
        "<message type='groupchat' to='coven@conference.example'><body>\(words)</body></message>"
    }

    /// Ada, who can resume, and Bo, both in the coven.
    private func coven(_ seed: UInt64 = 1, shards: Int = 2, limits: AccountLimits = AccountLimits()) -> (
        TestServer, TestClient, TestClient, String
    ) {
        let server = TestServer(seed: seed, shards: shards, accountLimits: limits)
        server.register("ada", "bo")
        let (ada, bo) = (server.available("ada"), server.available("bo", on: 1))
        let id = ada.enable(resume: true)
        ada.send(Self.join("ada"))
        bo.send(Self.join("bo"))
        ada.acknowledge(ada.news().count { NS.client == $0.namespace })
        _ = bo.news()
        return (server, ada, bo, id)
    }

    private func bodies(_ news: [Element]) -> [String] { news.compactMap { $0.child("body", NS.client)?.text } }

    /// On the same loop and on others, again and again: everything once, in order, and nobody notices.
    @Test(arguments: 1...30 as ClosedRange<UInt64>) func nothingIsLostOrDoubled(seed: UInt64) {  // IM-109, IM-110
        let (server, first, bo, id) = coven(seed, shards: 3)
        #expect(id.utf8.count >= 34)  // IM-114
        var (ada, heard, sent) = (first, [String](), [Self.join("ada")])
        for round in 0..<6 {
            for number in 0..<5 {
                bo.post(say("bo \(round) \(number)"))
                sent.append(say("ada \(sent.count)"))
                ada.post(sent[sent.count - 1])
            }
            if round % 3 == 0 { server.scheduler.run() }
            ada.cut()
            bo.send(say("meanwhile \(round)"))
            heard += bodies(ada.received())
            let next = TestClient(in: server, on: server.scheduler.number(in: 0...2))
            next.login("ada")
            _ = next.news()
            next.post("<resume xmlns='\(NS.streamManagement)' previd='\(id)' h='\(ada.handled)'/>")
            server.scheduler.run()
            next.handled = ada.handled
            let news = next.received()
            #expect(news.first?.name == "resumed" && news.first?["previd"] == id)
            // what did not arrive is sent once more
            let handled = news.first?["h"].flatMap { Int($0) } ?? 0
            for stanza in sent[handled...] { next.post(stanza) }
            heard += bodies(news)
            ada = next
        }
        server.scheduler.run()
        heard += bodies(ada.received())
        let told = bo.news()
        #expect(heard == bodies(told))
        #expect(Set(heard).count == heard.count && heard.count == 6 * 11)
        #expect(!told.contains { $0.name == "presence" })
        #expect(ada.unanswered ?? 0 == 0)
    }

    @Test func presenceStaysUntilTheTimeIsOver() {  // IM-109, IM-285, IM-112
        let (server, ada, bo, id) = coven()
        ada.cut()
        server.scheduler.advance(by: .seconds(AccountLimits().resumptionSeconds - 30))
        #expect(bo.news().isEmpty)
        bo.send("<iq type='get' id='v' to='ada@example/r'><query xmlns='\(NS.version)'/></iq>")
        bo.send("<message type='headline' to='ada@example/r'/>" + say("hello"))
        _ = bo.news()
        server.scheduler.advance(by: .seconds(60))
        let heard = bo.news()
        #expect(heard.filter { $0["type"] == "unavailable" }.map { $0["from"] } == ["coven@conference.example/ada"])
        let refusal = heard.first { $0.name == "iq" }
        #expect(refusal?["id"] == "v" && refusal?["from"] == "ada@example/r")
        #expect(refusal?.child("error", NS.client)?.child("service-unavailable", NS.stanzas) != nil)
        #expect(heard.count == 2)
        #expect(server.accountCount == 1)
        // the session is over, but what it handled is still known
        let late = TestClient(in: server, on: 1)
        late.login("ada")
        _ = late.news()
        late.send("<resume xmlns='\(NS.streamManagement)' previd='\(id)' h='0'/>")
        let failed = late.news().first  // IM-111
        #expect(failed?.name == "failed" && failed?["h"] == "1")
        #expect(failed?.child("item-not-found", NS.stanzas) != nil)
        late.bind("r")
        #expect(late.words() == ["iq result b"])
    }

    @Test func aShorterTimeMayBeAskedFor() {  // IM-109
        let (server, ada, bo, _) = coven()
        let phone = server.available("bo", "phone")
        #expect(phone.enable(resume: true, seconds: 60) != "enabled")
        #expect(phone.lastEnabled?["max"] == "60")
        #expect(ada.lastEnabled?["max"] == "\(AccountLimits().resumptionSeconds)")
        _ = bo.news()
        phone.cut()
        server.scheduler.advance(by: .seconds(100))
        #expect(bo.words() == ["presence unavailable"])
    }

    @Test func messagesGoToOtherResourcesWithTheirTime() {  // IM-112
        let (server, ada, bo, _) = coven()
        let desk = server.available("ada", "desk", on: 1)
        _ = (bo.news(), ada.news())
        ada.cut()
        bo.send("<message type='chat' id='m' to='ada@example/r'><body>soon</body></message>")
        #expect(desk.news().isEmpty)
        server.scheduler.advance(by: .seconds(AccountLimits().resumptionSeconds + 60))
        let late = desk.news().first { $0.name == "message" }
        #expect(late?["id"] == "m" && late?["from"] == "bo@example/r")
        let stamp = late?.child("delay", NS.delay)?["stamp"].flatMap { Moment(xep0082: $0) }
        #expect(stamp.map { $0 - TestServer.start < .seconds(AccountLimits().resumptionSeconds) } == true)
    }

    @Test func onlyTheOwnAccountResumes() {  // IM-110, IM-114
        let (server, ada, _, id) = coven()
        ada.cut()
        let eve = TestClient(in: server, on: 0)
        eve.login("bo")
        for name in [id, "9-\(id)", "0-x", "x", ""] {
            eve.send("<resume xmlns='\(NS.streamManagement)' previd='\(name)' h='0'/>")
        }
        let failures = eve.news().filter { $0.name == "failed" }
        #expect(failures.count == 5)
        #expect(failures.allSatisfy { $0["h"] == nil && $0.child("item-not-found", NS.stanzas) != nil })
    }

    @Test func aConnectionThatIsStillUpGivesWay() {  // IM-110
        let (server, ada, bo, id) = coven()
        let next = TestClient(in: server, on: 1)
        next.login("ada")
        _ = next.news()
        next.send("<resume xmlns='\(NS.streamManagement)' previd='\(id)' h='\(ada.handled)'/>")
        #expect(String(decoding: ada.wire.take(), as: UTF8.self).contains("<conflict "))
        #expect(ada.wire.isClosed)
        #expect(next.news().first?.name == "resumed")
        next.send(say("here"))
        #expect(bodies(bo.news()) == ["here"])
        #expect(bodies(next.news()) == ["here"])
    }

    @Test func whatIsInWorkIsNotAskedForAgain() {  // IM-110
        let (server, ada, bo, id) = coven()
        server.disk.stall()
        ada.send(say("in work"))
        ada.cut()
        let next = TestClient(in: server, on: 1)
        next.login("ada")
        _ = next.news()
        next.send("<resume xmlns='\(NS.streamManagement)' previd='\(id)' h='\(ada.handled)'/>")
        #expect(next.news().isEmpty)
        server.disk.resume()
        server.scheduler.run()
        let news = next.news()
        #expect(news.first?["h"] == "2")
        #expect(bodies(news) == ["in work"] && bodies(bo.news()) == ["in work"])
    }

    @Test func tooMuchForAClientThatIsGoneEndsItsSession() {  // IM-109, IM-112
        var limits = AccountLimits()
        limits.hibernationStanzas = 3
        let (server, ada, bo, _) = coven(limits: limits)
        ada.cut()
        for number in 1...4 {
            bo.send(say("\(number)"))
            #expect(bo.news().contains { $0["type"] == "unavailable" } == (number == 4))
        }
        #expect(server.accountCount == 1)
    }

    @Test func whoeverSaysGoodbyeIsGone() {  // IM-113
        let (_, ada, bo, _) = coven()
        ada.send("</stream:stream>")
        #expect(bo.words() == ["presence unavailable"])
    }

    @Test func theServersEndIsTheSessionsEnd() {
        let (server, ada, bo, _) = coven()
        ada.cut()
        for shard in 0...1 { server.on(shard) { $0.shutDown(accounts: true) } }
        #expect(bo.wire.isClosed)
        #expect(server.accountCount == 0)
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>) func whoeverBindsAnewIsHeardAfterTheFormerSession(seed: UInt64) {
        let (server, ada, bo, _) = coven(seed, shards: 3)  // IM-286
        ada.cut()
        let next = TestClient(in: server, on: Int(seed % 3))
        next.login("ada")
        next.post("<resume xmlns='\(NS.streamManagement)' previd='0-lost' h='0'/>")
        next.post("<iq type='set' id='b'><bind xmlns='\(NS.bind)'><resource>r</resource></bind></iq><presence/>")
        next.post(Self.join("ada"))
        next.send(say("back"))
        let heard = bo.news().filter { $0["from"] == "coven@conference.example/ada" }
        #expect(heard.map { $0["type"] ?? "available" } == ["unavailable", "available", "groupchat"])
        #expect(bodies(next.news()) == ["back"])
    }
}
