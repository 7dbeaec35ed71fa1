// Acknowledgement of stanzas, both ways (XEP-0198 §3, §4, §6).

import Host
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct AcknowledgementTests {
    private static let join = "<presence to='coven@conference.example/ada'><x xmlns='\(NS.muc)'/></presence>"

    private func say(_ words: String) -> String {
        "<message type='groupchat' to='coven@conference.example'><body>\(words)</body></message>"
    }

    @Test func nothingIsAcknowledgedBeforeItIsDurable() {  // IM-107
        let server = TestServer()
        server.register("ada")
        let ada = server.available("ada", on: 1)
        ada.send(Self.join)
        _ = ada.news()
        #expect(ada.enable() == "enabled")
        server.disk.stall()
        ada.send(say("one") + "<iq type='get' id='p' to='example'><ping xmlns='\(NS.ping)'/></iq>" + ada.request)
        #expect(ada.news().compactMap { $0.name == "a" ? $0["h"] : nil } == [])
        server.disk.resume()
        server.scheduler.run()
        #expect(ada.news().compactMap { $0.name == "a" ? $0["h"] : nil } == ["2"])
        // What is slow does not withhold the answer for ever, and is not in it.
        server.disk.stall()
        ada.send("<iq type='get' id='p' to='example'><ping xmlns='\(NS.ping)'/></iq>" + say("two") + ada.request)
        server.scheduler.advance(by: .seconds(AccountLimits().acknowledgementSeconds))
        #expect(ada.news().compactMap { $0.name == "a" ? $0["h"] : nil } == ["3"])
        server.disk.resume()
        ada.send(ada.request)
        #expect(ada.news().compactMap { $0.name == "a" ? $0["h"] : nil } == ["4"])
    }

    @Test func refusalsAndWhatIsNoStanzaCount() {  // IM-107
        let server = TestServer()
        server.register("ada")
        let ada = server.available("ada")
        _ = ada.enable()
        ada.send(
            "<message to='no@such@address'/><iq type='get' id='1'/><presence type='subscribe' to='x@elsewhere'/>"
                + "<iq type='set' id='2'><session xmlns='\(NS.session)'/></iq>"
                + "<iq type='get' id='3' to='somewhere.else'><query xmlns='\(NS.version)'/></iq> " + ada.request)
        #expect(ada.news().last { $0.name == "a" }?["h"] == "5")
        // all that was answered counts the other way
        ada.acknowledge(5)
        #expect(!ada.wire.isClosed)
        ada.acknowledge(6)
        let end = String(decoding: ada.wire.take(), as: UTF8.self)  // IM-108
        #expect(end.contains("<undefined-condition xmlns='\(NS.streams)'/>"))
        #expect(end.contains("<handled-count-too-high xmlns='urn:xmpp:sm:3' h='6' send-count='5'/>"))
        #expect(ada.wire.isClosed)
        #expect(server.accountCount == 0)
    }

    @Test func aTickAsksOnce() {  // IM-107
        let server = TestServer()
        server.register("ada", "bo")
        let (ada, bo) = (server.available("ada"), server.available("bo", on: 1))
        _ = ada.enable()
        bo.send(String(repeating: "<message type='chat' to='ada@example/r'><body>x</body></message>", count: 5))
        #expect(ada.news().map(\.name).filter { $0 == "r" }.count == 1)
        bo.send("<message type='chat' to='ada@example/r'><body>x</body></message>")
        #expect(ada.news().map(\.name) == ["message"])
        ada.acknowledge(5)
        #expect(ada.news().map(\.name) == ["r"])
        ada.acknowledge(6)
        #expect(ada.news().isEmpty)
    }

    @Test func whoeverAcknowledgesNothingIsGivenUp() {
        var limits = AccountLimits()
        limits.unacknowledgedStanzas = 3
        let server = TestServer(accountLimits: limits)
        server.register("ada", "bo")
        let (ada, bo) = (server.available("ada"), server.available("bo", on: 1))
        _ = ada.enable()
        for number in 1...4 {
            bo.send("<message type='headline' to='ada@example/r' id='\(number)'/>")
            #expect(ada.wire.isClosed == (number == 4))
        }
        #expect(String(decoding: ada.wire.take(), as: UTF8.self).contains("<policy-violation "))
    }

    @Test func silentClientsAreAskedByARequest() {
        let server = TestServer()
        server.register("ada")
        let ada = server.available("ada")
        _ = ada.enable()
        server.scheduler.advance(by: .seconds(AccountLimits().silenceSeconds + 30))
        #expect(ada.news().map(\.name) == ["r"])
        ada.acknowledge(0)
        server.scheduler.advance(by: .seconds(AccountLimits().negotiationSeconds + 60))
        #expect(!ada.wire.isClosed)
    }
}
