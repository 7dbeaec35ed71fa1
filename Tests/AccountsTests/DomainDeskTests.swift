// What the server's own domain and an account's own address answer.

import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct DomainDeskTests {
    private func ask(_ payload: String, to address: String?, type: String = "get", of client: TestClient) -> Element? {
        let to = address.map { " to='\($0)'" } ?? ""
        client.send("<iq type='\(type)' id='q'\(to)>\(payload)</iq>")
        return client.news().last
    }

    @Test func theServerTellsWhatItIs() throws {  // IM-098
        let server = TestServer()
        server.register("ada")
        let ada = server.available("ada", on: 1)
        let answer = ask("<query xmlns='\(NS.discoInfo)'/>", to: "example", of: ada)
        let info = try #require(answer?.child("query", NS.discoInfo))
        #expect(info.child("identity", NS.discoInfo)?["category"] == "server")
        let features = info.children.compactMap { $0["var"] }
        #expect(features.contains(NS.ping) && features.contains(NS.version) && !features.contains(NS.register))
        let items = ask("<query xmlns='\(NS.discoItems)'/>", to: "example", of: ada)?.child("query", NS.discoItems)
        #expect(items?.children.compactMap { $0["jid"] } == ["conference.example"])
        #expect(ask("<ping xmlns='\(NS.ping)'/>", to: "example", of: ada)?["type"] == "result")
        let version = ask("<query xmlns='\(NS.version)'/>", to: "example", of: ada)?.child("query", NS.version)
        #expect(version?.child("name", NS.version)?.text == "Parlance")
        #expect(version?.child("version", NS.version)?.text == "0")
        #expect(ada.unanswered == 0)
    }

    @Test func whatItDoesNotKnowItRefuses() {  // IM-098, IM-099
        let server = TestServer()
        server.register("ada")
        let ada = server.available("ada")
        ada.send("<iq type='get' id='1' to='example'><query xmlns='urn:x'/></iq>")
        ada.send("<iq type='get' id='2' to='example'><query xmlns='\(NS.discoInfo)' node='n'/></iq>")
        ada.send("<iq type='get' id='3' to='example/there'><query xmlns='urn:x'/></iq>")
        ada.send("<message to='example'><body>hi</body></message>")
        ada.send("<message type='error' to='example'/><presence to='example'/><iq type='result' id='4' to='example'/>")
        #expect(
            ada.words() == [
                "iq error service-unavailable", "iq error item-not-found", "iq error service-unavailable",
                "message error service-unavailable",
            ])
        #expect(ada.unanswered == 0)
    }

    @Test func theOwnAddressAnswersItsOwner() {  // IM-097, IM-103
        let server = TestServer()
        server.register("ada")
        let ada = server.available("ada", on: 1)
        for address in [nil, "ada@example"] {
            let info = ask("<query xmlns='\(NS.discoInfo)'/>", to: address, of: ada)
            #expect(info?.child("query", NS.discoInfo)?.child("identity", NS.discoInfo)?["category"] == "account")
            #expect(ask("<query xmlns='\(NS.discoItems)'/>", to: address, of: ada)?["type"] == "result")
            #expect(ask("<ping xmlns='\(NS.ping)'/>", to: address, of: ada)?["type"] == "result")
            #expect(ask("<query xmlns='urn:x'/>", to: address, of: ada)?["type"] == "error")
        }
        #expect(ada.unanswered == 0)
    }
}
