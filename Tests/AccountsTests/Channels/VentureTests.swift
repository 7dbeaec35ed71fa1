// What clients say to channels, as their account learns of it: so much of it waits, and no more.

import Host
import Rooms
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct VentureTests {
    private static let pubsub = "<pubsub xmlns='\(NS.pubsub)'><items node='\(NS.mixNodeConversations)'/></pubsub>"

    private static let mam = "<query xmlns='\(NS.mam)'/>"

    static let sayings: [(request: String, to: String, sign: Venture.Sign, kind: ChannelRequests.Kind?)] = [
        (
            "<join xmlns='urn:xmpp:mix:core:1'/>", "coven@mix.x", .spoken(Tongue.current),
            .join(Tongue.current, sharesPresence: true, listeners: [:])
        ),
        ("<leave xmlns='urn:xmpp:mix:0'/>", "coven@mix.x", .spoken(Tongue.undetermined), .leave),
        ("<leave xmlns='urn:xmpp:mix:0'/>", "coven@mix.x/p", .spoken(Tongue.undetermined), nil),
        ("<setnick xmlns='urn:xmpp:mix:core:0'/>", "coven@mix.x", .spoken(Tongue.core0), nil),
        (pubsub, "mix.x", .firstDraft, nil), (mam, "coven@mix.x", .unclear, nil),
    ]

    ///
    @Test(arguments: sayings)
    func whatIsKept(request: String, to: String, sign: Venture.Sign, kind: ChannelRequests.Kind?) throws {
        let text = "<iq type='set' id='q' from='ada@example/r' to='\(to)'>\(request)</iq>"
        let venture = try #require(Venture(Stanza(reading: Element(parsing: text, in: NS.client))))
        #expect(venture.sign == sign && venture.request?.kind == kind)
        #expect(venture.request?.id == kind.map { _ in "q" })
    }

    @Test func ofMessagesOnlyThatTheyWereSent() throws {
        let text =
            "<message type='groupchat' from='ada@example/r' to='coven@mix.x'>"
            + "<leave xmlns='urn:xmpp:mix:0'/></message>"
        let venture = try #require(Venture(Stanza(reading: Element(parsing: text, in: NS.client))))
        #expect(venture.sign == .unclear && venture.request == nil)
    }

    private func join(_ number: Int) -> String {
        "<iq type='set' id='j\(number)' to='c\(number)@mix.other'><join xmlns='\(NS.mixCore)'/></iq>"
    }

    private func server() -> TestServer {
        var limits = AccountLimits()
        limits.waitingVentures = 3
        let server = TestServer(accountLimits: limits, hasGate: true)
        server.register("ada")
        return server
    }

    /// The channels in which ada takes part once all of these have answered.
    private func joined(_ numbers: ClosedRange<Int>, in server: TestServer) -> [String] {
        for number in numbers {
            server.arrive(
                "<iq type='result' id='j\(number)' from='c\(number)@mix.other' to='ada@example/r'>"
                    + "<join xmlns='\(NS.mixCore)' id='p'/></iq>")
        }
        return server.channels("ada").keys.sorted()
    }

    @Test func noMoreThanThatWaitForACommit() {
        let server = server()
        let ada = server.available("ada")
        server.disk.stall()
        ada.send("<iq type='set' id='r'><query xmlns='\(NS.roster)'><item jid='bo@example'/></query></iq>")
        for number in 1...5 { ada.send(join(number)) }
        #expect(server.gate?.envelopes().count == 5, "they are on their way all the same")
        server.disk.resume()
        server.scheduler.run()
        #expect(joined(1...5, in: server) == ["c1@mix.other", "c2@mix.other", "c3@mix.other"])
        ada.send(join(6))
        #expect(joined(6...6, in: server).last == "c6@mix.other", "there is room again")
    }

    @Test func norForAStoreThatFails() {
        let server = server()
        let ada = server.available("ada")
        server.disk.stall()
        ada.send("<iq type='set' id='r'><query xmlns='\(NS.roster)'><item jid='bo@example'/></query></iq>")
        for number in 1...3 { ada.send(join(number)) }
        // those come to the batch that fails, whatever it writes
        ada.send("<iq type='set' id='s'><query xmlns='\(NS.roster)'><item jid='cy@example'/></query></iq>")
        server.disk.failCommits(2, with: .full)
        server.disk.resume()
        server.scheduler.run()
        ada.send(join(4))
        server.scheduler.advance(by: .seconds(60))
        #expect(joined(1...4, in: server) == ["c1@mix.other", "c2@mix.other", "c3@mix.other"])
        ada.send(join(5))
        #expect(joined(5...5, in: server).last == "c5@mix.other", "there is room again")
    }
}
