// Two sides of a subscription that do not fit are brought together when somebody comes.

import Host
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct MendingTests {
    /// A server where the rosters of ada and bo hold what is said of the other: 1 to, 2 from.
    private func server(ada: (UInt8, ask: Bool)?, bo: (UInt8, ask: Bool)?) -> TestServer {
        let server = TestServer()
        server.register("ada", "bo")
        for (name, other, entry) in [("ada", "bo", ada), ("bo", "ada", bo)] {
            guard let (subscription, asks) = entry else { continue }
            let record = RosterRecord(jid: "\(other)@example", subscription: subscription, ask: asks)
            server.disk.write([.roster(record)], of: name) { _ in }
        }
        server.scheduler.run()
        return server
    }

    private func subscription(_ client: TestClient) -> String {
        client.send("<iq type='get' id='get'><query xmlns='\(NS.roster)'/></iq>")
        let item = client.news().last?.child("query", NS.roster)?.children.first { _ in true }
        return (item?["subscription"] ?? "") + (item?["ask"].map { " \($0)" } ?? "")
    }

    /// The grant got lost on its way.
    @Test func whoeverWasNotAnsweredAsksAgain() {
        let server = server(ada: (0, ask: true), bo: (2, ask: false))
        let bo = server.available("bo")
        let ada = server.available("ada", on: 1)
        #expect(subscription(ada) == "to")
        #expect(bo.words() == [], "its owner granted it already")
    }

    /// The request got lost: bo hears of it now, once.
    @Test func aLostRequestArrives() {
        let server = server(ada: (0, ask: true), bo: nil)
        let bo = server.available("bo")
        let ada = server.available("ada", on: 1)
        #expect(bo.words() == ["presence subscribe"])
        ada.send("<presence type='unavailable'/><presence/>")
        #expect(bo.words() == [])
    }

    /// IM-138: the end got lost.
    @Test func whoeverIsNotSeenIsTold() {
        let server = server(ada: (1, ask: false), bo: nil)
        let ada = server.available("ada")
        #expect(subscription(ada) == "none")
    }

    /// IM-138: the same of accounts that do not exist.
    @Test func anAccountThatIsNoMore() {
        let server = server(ada: (1, ask: false), bo: nil)
        server.disk.deleteAccount(named: "bo") { _ in }
        server.scheduler.run()
        let ada = server.available("ada")
        #expect(subscription(ada) == "none")
    }

    /// Presence wakes nobody: the account of a contact that is not connected is not read for it.
    @Test func presenceReadsNoAccount() {
        let server = server(ada: nil, bo: nil)
        let (ada, bo) = (TestServer.address("ada@example/r"), TestServer.address("bo@example"))
        let known = server.look(server.house.shard(of: bo)) { shard -> Int? in
            shard.route(Envelope(Stanza.presence(from: ada, to: bo), from: ada, to: bo))
            return shard.accountHall?.accountCount
        }
        #expect(known == 0)
    }
}
