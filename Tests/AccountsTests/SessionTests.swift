// Presence: of one's own resources, directed to others, and withdrawn when the stream ends.

import Host
import Storage
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct SessionTests {
    private func join(_ client: TestClient, _ nick: String, _ room: String = "coven") {
        client.send("<presence to='\(room)@conference.example/\(nick)'><x xmlns='\(NS.muc)'/></presence>")
    }

    @Test func resourcesLearnOfEachOther() {  // IM-137, IM-139, IM-140
        let server = TestServer()
        server.register("ada")
        let phone = server.available("ada", "phone")
        let desk = server.client("ada", "desk", on: 1)
        #expect(phone.news().isEmpty)
        desk.send("<presence id='here'/>")
        #expect(phone.words() == ["presence here"])
        #expect(desk.news().map { $0["from"] ?? "" } == ["ada@example/desk", "ada@example/phone"])
        phone.send("<presence id='again'/>")
        #expect(desk.words() == ["presence again"])
        desk.send("<presence type='unavailable' id='bye'/>")
        #expect(phone.words() == ["presence again", "presence unavailable bye"])
        desk.cut()
        #expect(phone.news().isEmpty)
        phone.send("<presence><priority>128</priority></presence><presence><priority>x</priority></presence>")
        #expect(phone.words() == ["presence error bad-request", "presence error bad-request"])
        #expect(phone.unanswered == 0)
    }

    @Test func directedPresenceIsWithdrawnWhenTheStreamEnds() {  // IM-140, IM-141
        let server = TestServer()
        server.register("ada", "bo")
        let (ada, bo) = (server.available("ada"), server.available("bo", on: 1))
        ada.send("<presence to='bo@example/r' id='hi'/>")
        join(ada, "ada")
        join(bo, "bo")
        _ = (ada.news(), bo.news())
        ada.cut()
        let heard = bo.news().filter { $0["type"] == "unavailable" }.compactMap { $0["from"] }
        #expect(Set(heard) == ["ada@example/r", "coven@conference.example/ada"])
        #expect(server.accountCount == 1)
        #expect(bo.unanswered == 0)
    }

    @Test func directedPresenceIsWithdrawnOnceAndNotAfterItWas() {  // IM-140, IM-141
        let server = TestServer()
        server.register("ada", "bo")
        let (ada, bo) = (server.available("ada"), server.available("bo", on: 1))
        ada.send("<presence to='bo@example' id='1'/><presence to='bo@example' id='2'/>")
        #expect(bo.words() == ["presence 1", "presence 2"])
        ada.send("<presence type='unavailable'/>")
        #expect(bo.words() == ["presence unavailable"])
        #expect(ada.unanswered == 0)
        ada.send("<presence/><presence to='bo@example'/><presence type='unavailable' to='bo@example'/>")
        _ = bo.news()
        ada.cut()
        #expect(bo.news().isEmpty)
    }

    @Test func aRoomCountsOnceWhateverTheNick() {
        var limits = AccountLimits()
        limits.directedPresences = 2
        let server = TestServer(accountLimits: limits)
        server.register("ada", "bo")
        let (ada, bo) = (server.available("ada"), server.available("bo"))
        join(ada, "ada")
        join(bo, "bo")
        for number in 0..<5 { ada.send("<presence to='coven@conference.example/ada\(number)'/>") }
        ada.send("<presence to='bo@example'/>")
        _ = ada.news()
        ada.send("<presence to='cy@example'/>")
        #expect(ada.words() == ["presence error resource-constraint"])
        #expect(ada.unanswered == 0)
        _ = bo.news()
        ada.cut()
        #expect(bo.news().contains { $0["from"] == "coven@conference.example/ada4" && $0["type"] == "unavailable" })
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>) func whoeverTakesAResourceIsHeardAfterItsFormerOwner(seed: UInt64) {
        let server = TestServer(seed: seed, shards: 3)  // IM-089, IM-041
        server.register("ada", "bo")
        let (ada, bo) = (server.available("ada", on: 0), server.available("bo", on: 1))
        let desk = server.available("ada", "desk", on: 2)
        join(bo, "bo")
        join(ada, "ada")
        _ = (bo.news(), desk.news())
        let next = TestClient(in: server, on: Int(seed % 3))
        next.login("ada")
        next.post("<iq type='set' id='b'><bind xmlns='\(NS.bind)'><resource>r</resource></bind></iq><presence/>")
        next.post("<presence to='coven@conference.example/ada'><x xmlns='\(NS.muc)'/></presence>")
        next.send("<message type='groupchat' to='coven@conference.example'><body>back</body></message>")
        #expect(ada.wire.isClosed)
        #expect(String(decoding: ada.wire.take(), as: UTF8.self).contains("<conflict "))
        let heard = bo.news().filter { $0["from"] == "coven@conference.example/ada" }
        #expect(heard.map { $0["type"] ?? "available" } == ["unavailable", "available", "groupchat"])
        #expect(desk.news().map { $0["type"] ?? "available" } == ["unavailable", "available"])
        #expect(next.news().contains { $0.child("body", NS.client)?.text == "back" })
        #expect(next.unanswered == 0)
    }

    @Test func subscriptionsComeFromTheBareAddress() {  // IM-093
        let server = TestServer()
        server.register("ada")
        let ada = server.available("ada")
        ada.send("<presence type='subscribe' to='somebody@elsewhere.example' id='s'/>")
        #expect(ada.news().first?["to"] == "ada@example")
    }
}
