// A client's connection: its resource, back-pressure, silence, and the end of everything.

import Host
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct ClientConnectionTests {
    @Test func unansweredChangesStopTheReading() {
        var limits = HostLimits()
        limits.unansweredChanges = 4
        let server = TestServer(limits: limits)
        server.register("ada")
        let ada = server.available("ada")
        ada.send("<presence to='coven@conference.example/ada'><x xmlns='\(NS.muc)'/></presence>")
        server.disk.stall()
        for number in 1...6 {
            ada.send("<message type='groupchat' to='coven@conference.example'><body>\(number)</body></message>")
            #expect(ada.wire.isPaused == (number >= 4))
        }
        #expect(ada.unanswered == 6)
        server.disk.resume()
        server.scheduler.run()
        #expect(!ada.wire.isPaused)
        #expect(ada.unanswered == 0)
        #expect(ada.news().compactMap { $0.child("body", NS.client)?.text } == ["1", "2", "3", "4", "5", "6"])
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>) func nothingStaysUnanswered(seed: UInt64) {
        let server = TestServer(seed: seed, shards: 3)
        server.register("ada", "bo", "cy")
        let clients = ["ada", "bo", "cy"].enumerated().map { server.available($1, on: $0) }
        let stanzas = [
            "<presence to='coven@conference.example/NICK'><x xmlns='\(NS.muc)'/></presence>",
            "<presence to='coven@conference.example/NICK' type='unavailable'/>", "<presence type='unavailable'/>",
            "<presence/>", "<presence to='bo@example'/>", "<presence type='error' to='coven@conference.example/x'/>",
            "<message type='groupchat' to='coven@conference.example'><body>hi</body></message>",
            "<message to='coven@conference.example/bo'><body>psst</body></message>", "<message to='example'/>",
            "<message type='error' to='coven@conference.example'/>",
            "<message to='cy@example/r'><body>x</body></message>",
            "<iq type='get' id='1' to='coven@conference.example/bo'><query xmlns='\(NS.version)'/></iq>",
            "<iq type='get' id='2' to='coven@conference.example'><query xmlns='\(NS.discoInfo)'/></iq>",
            "<iq type='get' id='3' to='conference.example'><query xmlns='\(NS.discoItems)'/></iq>",
            "<iq type='set' id='4' to='conference.example'><query xmlns='urn:x'/></iq>",
            "<iq type='result' id='5' to='conference.example'/>", "<iq type='result' id='6'/>",
            "<iq type='get' id='7' to='example'><ping xmlns='\(NS.ping)'/></iq>",
            "<iq type='set' id='8'><query xmlns='\(NS.roster)'><item jid='x@example'/></query></iq>",
            "<iq type='get' id='9' to='somewhere.else'><query xmlns='\(NS.version)'/></iq>",
            "<presence to='conference.example'/>", "<message to='nowhere@conference.example'><body>x</body></message>",
            "<iq type='get' id='10' to='example'><query xmlns='\(NS.register)'/></iq>",
            "<iq type='error' id='11' to='example'/>", "<presence to='example'/>", "<presence type='probe'/>",
        ]
        for _ in 0..<60 {
            let client = clients[server.scheduler.number(in: 0...2)]
            let nick = "n\(client.port.shard)"
            let stanza = stanzas[server.scheduler.number(in: 0...(stanzas.count - 1))]
            client.post(stanza.replacing("NICK", with: nick))
            if server.scheduler.number(in: 0...9) == 0 { server.disk.failCommits(1, with: .full) }
            if server.scheduler.number(in: 0...4) == 0 { server.scheduler.run() }
        }
        server.scheduler.advance(by: .seconds(HostLimits().relaySeconds + 10))
        for client in clients { #expect(client.unanswered == 0) }
        for shard in 0..<3 { #expect(server.look(shard) { $0.isQuiet() } == true) }
    }

    @Test func aResourceOfTheServersMaking() {  // IM-087
        let server = TestServer()
        server.register("ada")
        var resources: Set<String> = []
        for _ in 0..<3 {
            let client = TestClient(in: server, on: 0)
            client.login("ada")
            client.send("<iq type='set' id='b'><bind xmlns='\(NS.bind)'/></iq>")
            let jid = client.news().last?.child("bind", NS.bind)?.child("jid", NS.bind)?.text ?? ""
            #expect(jid.hasPrefix("ada@example/"))
            resources.insert(jid)
        }
        #expect(resources.count == 3)
        #expect(resources.allSatisfy { $0.dropFirst("ada@example/".count).utf8.count >= 20 })
    }

    @Test func resourcesOfAnAccountHaveABound() {  // IM-090
        var limits = AccountLimits()
        limits.resourcesPerAccount = 1
        let server = TestServer(accountLimits: limits)
        server.register("ada")
        let first = server.client("ada", "a")
        let second = TestClient(in: server, on: 1)
        second.login("ada")
        _ = second.news()
        second.bind("b")
        #expect(second.words() == ["iq error resource-constraint"])
        first.cut()
        second.bind("b")
        #expect(second.words() == ["iq result b"])
    }

    @Test func whoeverGoesWhileBindingLeavesNothing() {
        let server = TestServer(shards: 3)
        server.register("ada")
        for shard in 0..<3 {
            let client = TestClient(in: server, on: shard)
            client.login("ada")
            client.post("<iq type='set' id='b'><bind xmlns='\(NS.bind)'><resource>r</resource></bind></iq>")
            let port = client.port
            let home = server.house.shards[shard]
            home.loop.execute {
                home.assumeIsolated { ($0.outlet(at: port) as? ClientConnection)?.ended("gone", on: $0) }
            }
            server.scheduler.run()
            #expect(server.accountCount == 0)
        }
    }

    @Test func aCorruptStoreIsNotAMissingAccount() {
        var limits = StorageLimits()
        limits.waitingReads = 0
        let server = TestServer(storage: limits)
        let client = TestClient(in: server, on: 0)
        client.send(TestClient.header + "<auth xmlns='\(NS.sasl)' mechanism='PLAIN'>AGFkYQBzZWNyZXQ=</auth>")
        #expect(client.news().last?.children.first { _ in true }?.name == "temporary-auth-failure")
    }

    @Test func silentClientsAreAskedAndThenGivenUp() {  // IM-032
        let server = TestServer()
        server.register("ada")
        let (ada, bo) = (server.available("ada"), TestClient(in: server, on: 1))
        server.scheduler.advance(by: .seconds(AccountLimits().negotiationSeconds + 30))
        #expect(bo.wire.isClosed)
        #expect(!ada.wire.isClosed)
        server.scheduler.advance(by: .seconds(AccountLimits().silenceSeconds - 60))
        #expect(ada.news().contains { $0.child("ping", NS.ping) != nil })
        ada.send("<iq type='result' id='alive' to='example'/>")
        server.scheduler.advance(by: .seconds(AccountLimits().negotiationSeconds + 40))
        #expect(!ada.wire.isClosed)
        server.scheduler.advance(by: .seconds(AccountLimits().silenceSeconds + AccountLimits().negotiationSeconds + 60))
        #expect(ada.wire.isClosed)
        #expect(server.accountCount == 0)
    }

    @Test func shutdownEndsEveryStream() {  // IM-039
        let server = TestServer()
        server.register("ada")
        let ada = server.available("ada", on: 1)
        for shard in 0...1 { server.on(shard) { $0.shutDown(accounts: true) } }
        #expect(ada.wire.isClosed)
        #expect(String(decoding: ada.wire.take(), as: UTF8.self).contains("<system-shutdown "))
        #expect(server.accountCount == 0)
    }
}
