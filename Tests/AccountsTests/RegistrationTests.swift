// Accounts made, changed and removed on the wire (XEP-0077).

import Host
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct RegistrationTests {
    private func wish(_ name: String, _ password: String) -> String {
        "<iq type='set' id='r'><query xmlns='\(NS.register)'>"
            + "<username>\(name)</username><password>\(password)</password></query></iq>"
    }

    private func exists(_ name: String, _ server: TestServer) -> Bool {
        let box = Box<Bool>()
        server.disk.account(named: name) { box.set((try? $0.get()) != nil && (try? $0.get()) != .some(nil)) }
        server.scheduler.run()
        return box.value ?? false
    }

    @Test func strangersMakeAccountsWhereItIsOpen() {  // IM-215
        let server = TestServer(isOpen: true)
        let client = TestClient(in: server, on: 1)
        client.send(TestClient.header + "<iq type='get' id='g'><query xmlns='\(NS.register)'/></iq>")
        let fields = client.news().last?.child("query", NS.register)
        #expect(fields?.child("username", NS.register) != nil && fields?.child("password", NS.register) != nil)
        client.send(wish("Ada", ""))
        client.send(wish("a@b", "secret"))
        client.send(wish("", "secret"))
        #expect(client.words() == ["iq error not-acceptable", "iq error not-acceptable", "iq error not-acceptable"])
        client.send(wish("Ada", "secret"))
        #expect(client.words() == ["iq result r"])
        #expect(exists("ada", server))
        client.send(wish("bo", "secret"))
        #expect(client.words() == ["iq error resource-constraint"])
        #expect(!exists("bo", server))
        let second = TestClient(in: server, on: 0)
        second.send(TestClient.header + wish("ada", "other"))
        #expect(second.words().last == "iq error conflict")
    }

    @Test func nobodyDoesWhereItIsClosed() {  // IM-214
        let server = TestServer()
        let client = TestClient(in: server, on: 0)
        client.send(TestClient.header + wish("ada", "secret"))
        #expect(!exists("ada", server))
        #expect(!client.words().contains("iq result r"))
    }

    @Test func ownersChangeTheirPassword() {  // IM-217
        let server = TestServer()
        server.register("ada")
        let ada = server.available("ada", on: 1)
        ada.send(wish("bo", "other").replacing("<iq ", with: "<iq to='example' "))
        #expect(ada.words() == ["iq error bad-request"])
        ada.send(wish("ada", "other").replacing("<iq ", with: "<iq to='example' "))
        #expect(ada.words() == ["iq result r"])
        #expect(ada.unanswered == 0)
        let again = TestClient(in: server, on: 0)
        again.login("ada", password: "other")
        again.bind("x")
        #expect(again.words().last == "iq result b")
        let former = TestClient(in: server, on: 0)
        former.login("ada", password: "secret")
        former.bind("y")
        #expect(!former.words().contains("iq result b"))
    }

    @Test func ownersEndTheirAccount() {  // IM-216
        let server = TestServer()
        server.register("ada", "bo")
        let (ada, desk, bo) = (
            server.available("ada", on: 0), server.available("ada", "desk", on: 1), server.available("bo", on: 1)
        )
        for (client, nick) in [(ada, "ada"), (bo, "bo")] {
            client.send("<presence to='coven@conference.example/\(nick)'><x xmlns='\(NS.muc)'/></presence>")
        }
        _ = (ada.news(), bo.news())
        ada.send("<iq type='set' id='r' to='example'><query xmlns='\(NS.register)'><remove/></query></iq>")
        let told = String(decoding: ada.wire.take(), as: UTF8.self)
        #expect(told.contains("type='result'") && told.contains("<not-authorized "))
        #expect(ada.wire.isClosed && desk.wire.isClosed)
        #expect(!exists("ada", server))
        #expect(bo.news().contains { $0["from"] == "coven@conference.example/ada" && $0["type"] == "unavailable" })
        bo.send("<message to='ada@example'><body>hi</body></message>")
        #expect(bo.words() == ["message error service-unavailable"])
        #expect(server.accountCount == 1)
    }
}
