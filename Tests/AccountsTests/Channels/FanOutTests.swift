// What channels of other servers send to the account: kept, and passed to clients of MIX (XEP-0405 §2.2, §2.9.2).

import Host
import Rooms
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct FanOutTests {
    private func server() -> TestServer {
        let server = TestServer(hasGate: true)
        server.register("ada", "bo")
        server.tell(
            .joined(ParticipantID("p1"), dialect: Tongue.current, sharesPresence: true), of: "ada@example",
            in: TestServer.coven)
        return server
    }

    private func say(_ words: String, to: String = "ada@example", more: String = "") -> String {
        "<message from='coven@mix.other/p2' to='\(to)' id='a1' type='groupchat'><body>\(words)</body>"
            + "<mix xmlns='\(NS.mixCore)'><nick>Bo</nick></mix>\(more)</message>"
    }

    @Test func everyClientOfMIXHearsAndNoOther() throws {  // MIXC-303, MIXC-519, MIX2-034, IM-300
        let server = server()
        let old = server.available("ada", "old", features: [NS.muc])
        let phone = server.available("ada", "phone", features: [NS.mixCore])
        let desk = server.available("ada", "desk", features: [NS.mixCore0], on: 1)
        desk.send("<presence><show>xa</show><priority>-5</priority></presence>")
        _ = (old.news(), phone.news(), desk.news(), server.gate?.envelopes())
        old.send("<iq type='set' id='c'><enable xmlns='\(NS.carbons)'/></iq>")
        _ = old.news()
        server.arrive(say("hi", more: "<stanza-id xmlns='\(NS.sid)' by='ada@example' id='forged'/>"))
        for (client, full) in [(phone, "ada@example/phone"), (desk, "ada@example/desk")] {
            let heard = client.news()
            #expect(heard.map { $0["to"] } == [full] && heard.first?["from"] == "coven@mix.other/p2")
            #expect(heard.first?["id"] == "a1")
            let ids = heard.first?.children.filter { $0.is("stanza-id", NS.sid) } ?? []
            #expect(ids.count == 1 && ids[0]["by"] == "ada@example" && ids[0]["id"] != "forged")
        }
        #expect(old.news().isEmpty && server.gate?.words() == [])
        #expect(server.archived("ada") == ["hi"])
    }

    @Test func nobodyThereIsNoError() {  // MIXC-304, MIX2-032, MIX2-033, IM-300
        let server = server()
        server.arrive(say("first"))
        let old = server.available("ada", "old", features: [NS.muc])
        server.arrive(say("second"))
        server.arrive("<message from='coven@mix.other' to='ada@example'><event xmlns='\(NS.pubsubEvent)'/></message>")
        server.arrive("<message type='error' from='coven@mix.other' to='ada@example'/>")
        server.arrive("<presence from='p2#coven@mix.other/x' to='ada@example'/>")
        #expect(old.news().isEmpty && server.gate?.words() == [])
        #expect(server.waiting("ada") == 0)
        #expect(server.archived("ada") == ["first", "second"])
    }

    @Test func presenceAndEventsArePassedOnAndNotKept() {  // MIXC-316, MIX2-035
        let server = server()
        let old = server.available("ada", "old", features: [NS.muc])
        let phone = server.available("ada", "phone", features: [NS.mixCore])
        _ = old.news()
        server.arrive("<presence from='p2#coven@mix.other/x' to='ada@example'/>")
        server.arrive("<presence type='unavailable' from='coven+p7k2m5x4c3d6q3z5@mix.other/x' to='ada@example'/>")
        server.arrive("<message from='coven@mix.other' to='ada@example'><event xmlns='\(NS.pubsubEvent)'/></message>")
        let heard = phone.news()
        #expect(heard.map { $0["to"] ?? "" } == Array(repeating: "ada@example/phone", count: 3))
        #expect(heard.map { $0["from"]?.contains("coven") } == [true, true, true])
        #expect(old.news().isEmpty && server.archived("ada").isEmpty)
    }

    @Test func strangersAreTreatedAsEver() {  // IM-289
        let server = server()
        let phone = server.available("ada", "phone", features: [NS.mixCore])
        _ = server.gate?.envelopes()
        server.arrive(say("hi").replacing("coven@", with: "other@"))
        #expect(server.gate?.words() == ["message error ada@example other@mix.other/p2"])
        server.arrive(say("hi", to: "bo@example"))
        #expect(server.gate?.words() == ["message error bo@example coven@mix.other/p2"])
        #expect(phone.news().isEmpty && server.archived("ada").isEmpty)
    }

    @Test func privateWordsAreDeliveredLikeAnyOthers() {  // MIX2-039
        let server = server()
        let old = server.available("ada", "old", features: [NS.muc])
        server.arrive(
            "<message type='chat' from='p2#coven@mix.other/x' to='ada@example'><body>psst</body></message>")
        #expect(old.words() == ["message chat"])
        #expect(server.archived("ada") == ["psst"])
    }

    @Test func blockingAChannelOrSomebodyInIt() {  // MIXC-322
        let server = server()
        let phone = server.available("ada", "phone", features: [NS.mixCore])
        phone.send(
            "<iq type='set' id='b'><block xmlns='\(NS.blocking)'><item jid='p2#coven@mix.other'/></block></iq>")
        _ = phone.news()
        server.arrive(say("unheard"))
        server.arrive(say("heard").replacing("/p2", with: "/p3"))
        server.arrive("<presence from='p2#coven@mix.other/x' to='ada@example'/>")
        #expect(phone.news().compactMap { $0.child("body", NS.client)?.text } == ["heard"])
    }

    @Test func theArchiveShowsItToWhoeverAsksForIt() {  // IM-303, MIXC-520, MIXC-301
        let server = server()
        let ada = server.available("ada", features: [NS.mixCore])
        server.arrive("<message type='chat' from='bo@other/x' to='ada@example'><body>private</body></message>")
        server.arrive(say("public"))
        _ = ada.news()
        func query(_ fields: String) -> [String] {
            let form =
                fields.isEmpty
                ? ""
                : "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'>"
                    + "<value>\(NS.mam)</value></field>\(fields)</x>"
            ada.send("<iq type='set' id='q'><query xmlns='\(NS.mam)'>\(form)</query></iq>")
            let heard = ada.news()
            let bodies = heard.compactMap {
                $0.child("result", NS.mam)?.child("forwarded", NS.forward)?.child("message", NS.client)?
                    .child("body", NS.client)?.text
            }
            let set = heard.last?.child("fin", NS.mam)?.child("set", NS.rsm)
            return bodies + [set?.child("count", NS.rsm)?.text ?? "-"]
        }
        func field(_ name: String, _ value: String) -> String {
            "<field var='\(name)'><value>\(value)</value></field>"
        }
        #expect(query("") == ["private", "1"])
        #expect(query(field("include-groupchat", "true")) == ["private", "public", "2"])
        #expect(query(field("with", "coven@mix.other")) == ["public", "-"])
        #expect(query(field("with", "coven@mix.other/p2")) == ["public", "-"])
        #expect(query(field("with", "coven@mix.other/p3")) == ["-"])
        #expect(query(field("with", "coven@mix.other") + field("include-groupchat", "false")) == ["-"])
    }

    @Test func twoThatHeardTheSameEachReadItAsTheirs() {  // X-15, IM-303
        let server = server()
        server.tell(
            .joined(ParticipantID("p3"), dialect: Tongue.current, sharesPresence: true), of: "bo@example",
            in: TestServer.coven)
        let people = ["ada", "bo"].map { (name: $0, client: server.available($0, features: [NS.mixCore])) }
        for (name, _) in people { server.arrive(say("hi", to: "\(name)@example")) }
        #expect(server.archivedBytes("ada").count == 1)
        #expect(server.archivedBytes("ada") == server.archivedBytes("bo"))
        /// To whom each message is that the archive of a client shows.
        func addresses(in client: TestClient) -> [String?] {
            _ = client.news()
            client.send(
                "<iq type='set' id='q'><query xmlns='\(NS.mam)'><x xmlns='jabber:x:data' type='submit'>"
                    + "<field var='FORM_TYPE' type='hidden'><value>\(NS.mam)</value></field>"
                    + "<field var='include-groupchat'><value>true</value></field></x></query></iq>")
            return client.news().compactMap {
                $0.child("result", NS.mam)?.child("forwarded", NS.forward)?.child("message", NS.client)
            }.map { $0["to"] }
        }
        for (name, client) in people { #expect(addresses(in: client) == ["\(name)@example"]) }
        // who is in a channel of this server too is answered from several archives
        for (name, client) in people {
            let joined = ChannelNotice.Kind.joined(ParticipantID("p"), dialect: Tongue.current, sharesPresence: true)
            server.tell(joined, of: "\(name)@example", in: "coven@conference.example", at: 1)
            #expect(addresses(in: client) == ["\(name)@example"])
        }
    }

    @Test func whatAClientNeverAcknowledgedIsNotReturned() throws {  // IM-300
        var returned = ReturnedStanzas(TestServer.address("ada@example/r"), domain: "example")
        func add(_ text: String) throws {
            returned.add(try Stanza(reading: Element(parsing: text, in: NS.client)), sentAt: TestServer.start)
        }
        for text in [
            say("hi"), say("hi").replacing(NS.mixCore, with: NS.mix0),
            "<message from='coven@mix.other'><event xmlns='\(NS.pubsubEvent)'/></message>",
            "<presence from='p2#coven@mix.other/x'/>",
        ] { try add(text) }
        #expect(returned.stanzas.isEmpty)
        try add("<message type='groupchat' from='coven@conference.example/bo'><body>hi</body></message>")
        #expect(returned.stanzas.map(\.type) == [.error])
    }
}
