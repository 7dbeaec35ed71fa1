// An account that is in channels is in memory while a client of it is there, and not because of them.

import Host
import Rooms
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct AccountsInMemoryTests {
    private func server() -> TestServer {
        let server = TestServer(hasGate: true)
        server.register("ada")
        let joined = ChannelNotice.Kind.joined(
            ParticipantID("p1"), dialect: Tongue.current, sharesPresence: true)
        server.tell(joined, of: "ada@example", in: TestServer.coven)
        return server
    }

    private func says(_ words: String, _ id: String) -> String {
        "<message type='groupchat' id='\(id)' from='coven@mix.other/p2' to='ada@example'><body>\(words)</body>"
            + "<mix xmlns='\(NS.mixCore)'><nick>bo</nick></mix></message>"
    }

    @Test func channelsAloneKeepNoAccountInMemory() {
        let server = server()
        #expect(server.accountCount == 0)
        server.arrive(says("anybody?", "m1"))
        #expect(server.accountCount == 0)
        let phone = server.available("ada", "phone", features: [NS.mixCore])
        #expect(server.accountCount == 1)
        #expect(phone.roster() == ["\(TestServer.coven) from"])
        server.arrive(says("all hail", "m2"))
        #expect(phone.news().compactMap { $0.child("body", NS.client)?.text } == ["all hail"])
        phone.send("</stream:stream>")
        #expect(server.accountCount == 0)
        server.arrive(says("hail", "m3"))
        #expect(server.accountCount == 0)
        #expect(server.archived("ada") == ["anybody?", "all hail", "hail"])
        #expect(server.channels("ada") == [TestServer.coven: "p1 mix"])
    }

    @Test func norDoesAClientThatLeftWithoutAWordOrAnAnswer() {
        let server = server()
        let phone = server.client("ada", "phone")
        phone.send(TestServer.presence(of: [NS.mixCore]))
        #expect(phone.news().contains { $0.child("query", NS.discoInfo) != nil }, "it is asked, and does not answer")
        phone.join("heath@mix.other")
        phone.cut()
        #expect(server.gate?.words().isEmpty == false)
        server.arrive(
            "<iq type='error' id='j' from='heath@mix.other' to='ada@example'><error type='cancel'>"
                + "<forbidden xmlns='\(NS.stanzas)'/></error></iq>")
        #expect(server.accountCount == 0)
    }
}
