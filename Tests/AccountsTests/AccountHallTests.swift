// Accounts come into memory with their mail and their clients, and leave it with them.

import Host
import Storage
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct AccountHallTests {
    @Test func anAccountNobodyUsesIsNotInMemory() {
        let server = TestServer(shards: 3)
        server.register("ada", "bo")
        #expect(server.accountCount == 0)
        let ada = server.available("ada", on: 1)
        #expect(server.accountCount == 1)
        for to in ["bo@example", "bo@example/r", "nobody@example"] {
            ada.send("<message to='\(to)'><body>hi</body></message>")
            ada.send("<iq type='get' id='i' to='\(to)'><query xmlns='urn:x'/></iq>")
        }
        #expect(server.accountCount == 1)
        #expect(ada.unanswered == 0)
        ada.send("</stream:stream>")
        #expect(ada.wire.isClosed)
        #expect(server.accountCount == 0)
    }

    @Test func mailThatWaitsForAnAccountIsBoundedAndInOrder() {  // IM-041
        var limits = AccountLimits()
        limits.accountMailbox = 2
        let server = TestServer(accountLimits: limits)
        server.register("ada", "bo")
        let ada = server.available("ada")
        let (home, port) = (server.house.shard(ofLocal: "bo"), ada.port)
        server.on(home) { shard in
            for number in 0..<4 {
                let (from, to) = (TestServer.address("ada@example/r"), TestServer.address("bo@example"))
                let body = Element("body", NS.client) { "hi" }
                let message = Stanza.message(id: "\(number)", from: from, to: to, payload: [body])
                shard.route(Envelope(message, from: from, to: to, origin: port))
            }
        }
        let errors = ada.news()
        #expect(errors.map { $0["id"] ?? "" } == ["2", "3"])
        #expect(server.waiting("bo") == 2)
        #expect(server.accountCount == 1)
    }
}
