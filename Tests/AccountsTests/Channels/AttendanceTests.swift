// Which clients hear of channels, and of which the channels see the presence (rule X-15).

import Host
import Rooms
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct AttendanceTests {
    private static let ada = "ada@example"

    private func joined(_ dialect: DialectID = Tongue.current, sharesPresence: Bool = true) -> ChannelNotice.Kind {
        .joined(ParticipantID("p1"), dialect: dialect, sharesPresence: sharesPresence)
    }

    /// A server where ada takes part in a channel of another server.
    private func server(_ dialect: DialectID = Tongue.current, sharesPresence: Bool = true) -> TestServer {
        let server = TestServer(hasGate: true)
        server.register("ada")
        server.tell(joined(dialect, sharesPresence: sharesPresence), of: Self.ada, in: TestServer.coven)
        return server
    }

    private func spoke(_ dialect: DialectID, _ resource: String = "r") -> ChannelNotice.Kind {
        .spoke(resource: TestServer.address("ada@example/\(resource)"), dialect: dialect)
    }

    /// The resources that hear of the coven, with their dialects.
    private func attending(_ server: TestServer) -> [String] {
        let home = server.house.shard(ofLocal: "ada")
        return server.look(home) { shard in
            (shard.accountHall?.known("ada")?.state.resources ?? []).compactMap { resource in
                let attendance = resource.channels[TestServer.address(TestServer.coven)]
                return attendance.map { "\(resource.jid.resource ?? "") \($0.dialect)" + ($0.isShown ? " shown" : "") }
            }
        } ?? []
    }

    @Test func presenceOfClientsOfMIXGoesThereAndNoOther() {  // MIXC-302, MIXC-313, MIXC-318, MIXC-519, IM-304
        let server = server()
        let old = server.available("ada", "old", features: [NS.muc])
        #expect(server.gate?.words() == [])
        let phone = server.client("ada", "phone")
        phone.send(TestServer.presence(of: [NS.mixCore, NS.muc]))
        #expect(server.gate?.words() == [], "nobody knows yet")
        phone.answerForCapabilities([NS.mixCore, NS.muc])
        let (from, to) = ("ada@example/phone", "coven@mix.other")
        #expect(server.gate?.words() == ["presence \(from) \(to)", "presence ada@example \(to)"])
        phone.send(TestServer.presence(of: [NS.mixCore, NS.muc]))
        old.send(TestServer.presence(of: [NS.muc]))
        #expect(server.gate?.words() == ["presence \(from) \(to)"])
        old.send("<presence type='unavailable'/>")
        #expect(server.gate?.words() == [])
        phone.send("<presence type='unavailable'/>")
        #expect(server.gate?.words() == ["presence unavailable \(from) \(to)"])
        phone.send(TestServer.presence(of: [NS.mixCore, NS.muc]))
        _ = server.gate?.words()
        phone.cut()
        #expect(server.gate?.words() == ["presence unavailable \(from) \(to)"])
        #expect(attending(server) == [])
    }

    /// X-15: what is known of a client, and what that makes of it in channels joined in today's form and in a draft.
    static let clients: [(features: [String]?, today: [String], draft: [String])] = [
        ([NS.mixCore], ["r mix shown"], ["r mix shown"]),
        ([NS.mixCore0], ["r mix-core-0 shown"], ["r mix-core-0 shown"]),
        ([NS.mix0], ["r mix-0 shown"], ["r mix-0 shown"]),
        ([NS.muc], [], []), (["urn:x"], [], []), (nil, [], ["r mix-0 shown"]),
    ]

    @Test(arguments: clients) func whatMakesAClientOfMIX(features: [String]?, today: [String], draft: [String]) {
        for (dialect, expected) in [(Tongue.current, today), (Tongue.undetermined, draft)] {
            let server = server(dialect)
            _ = features.map { server.available("ada", features: $0) } ?? server.available("ada")
            #expect(attending(server) == expected)
        }
    }

    @Test func whoeverDoesNotAnswerIsUnknown() {  // O-34
        let server = server(Tongue.undetermined)
        let ada = server.client("ada")
        ada.send(TestServer.presence(of: [NS.muc]))
        let question = ada.news().first { $0["type"] == "get" }
        #expect(attending(server) == [])
        ada.send("<iq type='error' id='\(question?["id"] ?? "")' to='ada@example'/>")
        #expect(attending(server) == ["r mix-0 shown"])
    }

    @Test func whoeverSpeaksMIXIsAClientOfMIX() {  // X-15
        let server = server()
        let ada = server.available("ada", features: [NS.muc])
        server.tell(spoke(Tongue.draft2), of: Self.ada, in: "elsewhere@mix.example")
        #expect(attending(server) == ["r mix-0.2.1 shown"])
        #expect(server.gate?.words().first == "presence ada@example/r coven@mix.other")
        server.tell(spoke(Tongue.undetermined), of: Self.ada, in: "elsewhere@mix.example")
        #expect(attending(server) == ["r mix-0.2.1 shown"], "what it speaks is known better")
        ada.send("<presence type='unavailable'/>")
        ada.send("<presence/>")
        #expect(attending(server) == ["r mix-0.2.1 shown"])
    }

    /// X-15: what a client says to a channel, and whether that makes it one of MIX.
    static let sayings: [(stanza: String, isMIX: Bool)] = [
        ("<message type='groupchat' to='coven@mix.other'><body>hi</body></message>", true),
        ("<presence to='coven@mix.other'/>", true),
        ("<iq type='set' id='q' to='coven@mix.other'><query xmlns='urn:xmpp:mam:2'/></iq>", true),
        ("<iq type='get' id='q' to='coven@mix.other'><pubsub xmlns='\(NS.pubsub)'/></iq>", true),
        ("<iq type='set' id='q' to='other@mix.other'><leave xmlns='\(NS.mixCore)'/></iq>", true),
        ("<iq type='set' id='q' to='p2#coven@mix.other'><query xmlns='urn:xmpp:mam:2'/></iq>", true),
        ("<message type='groupchat' to='other@mix.other'><body>hi</body></message>", false),
        ("<message to='coven@mix.other'><body>hi</body></message>", false),
        ("<presence to='coven@mix.other/nick'><x xmlns='\(NS.muc)'/></presence>", false),
        ("<iq type='get' id='q' to='coven@mix.other'><query xmlns='\(NS.discoInfo)'/></iq>", false),
        ("<iq type='set' id='q'><query xmlns='urn:xmpp:mam:2'/></iq>", false),
    ]

    @Test(arguments: sayings) func whatIsSaidToAChannel(stanza: String, isMIX: Bool) {
        let server = server()
        let ada = server.available("ada", features: [NS.muc])
        ada.send(stanza)
        #expect(attending(server) == (isMIX ? ["r mix shown"] : []))
        #expect(ada.unanswered == 0)
    }

    @Test func whoeverAsksForConversationsSpeaksTheFirstDraft() {  // X-03
        let request =
            "<iq type='get' id='c' to='mix.other'><pubsub xmlns='\(NS.pubsub)'>"
            + "<items node='\(NS.mixNodeConversations)'/></pubsub></iq>"
        for (feature, expected) in [
            (NS.mix0, "r mix-0.0.1 shown"), (NS.mixCore, "r mix shown"), (NS.muc, "r mix-0.0.1"),
        ] {
            let server = server(Tongue.undetermined)
            let ada = server.available("ada", features: [feature])
            ada.send(request)
            #expect(attending(server) == [expected])
        }
    }

    @Test func occupantsOfARoomSpeakAsSuch() {  // MIXC-519
        let server = server()
        let ada = server.available("ada", features: [NS.muc])
        ada.send("<presence to='coven@mix.other/ada'><x xmlns='\(NS.muc)'/></presence>")
        ada.send("<message type='groupchat' to='coven@mix.other'><body>hi</body></message>")
        ada.send("<iq type='set' id='q' to='coven@mix.other'><query xmlns='urn:xmpp:mam:2'/></iq>")
        #expect(attending(server) == [])
    }

    @Test func itIsKnownAgainWhenItComesBack() {  // X-15
        let server = server(Tongue.undetermined)
        let ada = server.available("ada", "phone", features: [NS.muc])
        server.tell(spoke(Tongue.draft1, "phone"), of: Self.ada, in: TestServer.coven)
        ada.send("</stream:stream>")
        #expect(server.accountCount == 0)
        _ = server.available("ada", "phone", features: [NS.muc])
        _ = server.available("ada", "same", features: [NS.muc])
        _ = server.available("ada", "other", features: [NS.muc, "urn:x"])
        #expect(attending(server) == ["phone mix-0 shown", "same mix-0 shown"])
    }

    @Test func clientsOfTheFirstDraftComeByThemselvesAndAreTakenAway() {  // X-15
        let server = server(Tongue.draft1)
        let ada = server.available("ada", features: [NS.muc])
        server.tell(spoke(Tongue.draft1), of: Self.ada, in: TestServer.coven)
        #expect(attending(server) == ["r mix-0.0.1"])
        ada.send("<presence><show>away</show></presence>")
        #expect(server.gate?.words().filter { $0.contains("/r") } == [])
        ada.send("<presence type='unavailable'><status>bye</status></presence>")
        #expect(server.gate?.envelopes().map(\.stanza.status) == ["bye"])
    }

    @Test func aClientThatIsNotAvailableHearsWhatItSpokeTo() {
        let server = server()
        server.tell(joined(), of: Self.ada, in: "other@mix.other")
        let ada = server.client("ada")
        server.tell(spoke(Tongue.current), of: Self.ada, in: TestServer.coven)
        #expect(attending(server) == ["r mix"])
        #expect(server.gate?.words().filter { $0.contains("/r") } == [])
        server.arrive("<message from='coven@mix.other' to='ada@example'><event xmlns='\(NS.pubsubEvent)'/></message>")
        server.arrive("<message from='other@mix.other' to='ada@example'><event xmlns='\(NS.pubsubEvent)'/></message>")
        #expect(ada.told() == ["message coven@mix.other"])
        ada.send("<presence type='unavailable'/>")
        #expect(attending(server) == [])
    }

    @Test func presenceThatIsNotSharedIsNotSent() {  // MIXC-312
        let server = server(sharesPresence: false)
        let ada = server.available("ada", features: [NS.mixCore])
        #expect(attending(server) == ["r mix"])
        #expect(server.gate?.words() == ["presence ada@example coven@mix.other"], "only the question who is there")
        server.tell(joined(), of: Self.ada, in: TestServer.coven)
        #expect(server.gate?.words() == ["presence ada@example/r coven@mix.other"])
        server.tell(joined(sharesPresence: false), of: Self.ada, in: TestServer.coven)
        #expect(server.gate?.words() == ["presence unavailable ada@example/r coven@mix.other"])
        ada.send("<presence type='unavailable'/>")
        #expect(server.gate?.words() == [])
    }

    @Test func whoeverLostTheConnectionStays() {  // MIXC-318
        let server = server()
        let ada = server.available("ada", features: [NS.mixCore])
        let id = ada.enable(resume: true)
        _ = server.gate?.envelopes()
        ada.cut()
        #expect(attending(server) == ["r mix shown"])
        server.arrive(
            "<message from='coven@mix.other/p2' to='ada@example' type='groupchat'><body>meanwhile</body>"
                + "<mix xmlns='\(NS.mixCore)'><nick>Bo</nick></mix></message>")
        let next = TestClient(in: server, on: 1)
        next.login("ada")
        _ = next.news()
        next.send("<resume xmlns='\(NS.streamManagement)' previd='\(id)' h='0'/>")
        #expect(next.news().compactMap { $0.child("body", NS.client)?.text } == ["meanwhile"])
        #expect(server.gate?.words() == [])
        next.cut()
        server.scheduler.advance(by: .seconds(AccountLimits().resumptionSeconds + 60))
        #expect(server.gate?.words() == ["presence unavailable ada@example/r coven@mix.other"])
    }

    @Test func blockedChannelsHearAndSayNothing() {  // MIXC-322
        let server = server()
        let ada = server.available("ada", features: [NS.mixCore])
        _ = server.gate?.envelopes()
        ada.send("<iq type='set' id='b'><block xmlns='\(NS.blocking)'><item jid='coven@mix.other'/></block></iq>")
        #expect(server.gate?.words() == ["presence unavailable ada@example/r coven@mix.other"])
        #expect(attending(server) == [])
        ada.send("<presence/>")
        #expect(server.gate?.words() == [])
        ada.send("<iq type='set' id='u'><unblock xmlns='\(NS.blocking)'/></iq>")
        #expect(server.gate?.words().first == "presence ada@example/r coven@mix.other")
    }

    @Test func subscriptionsToChannelsWork() {  // MIXC-502
        let server = server()
        let ada = server.available("ada", features: [NS.mixCore])
        ada.roster()
        _ = server.gate?.envelopes()
        ada.send("<presence type='subscribed' to='coven@mix.other'/><presence type='subscribe' to='coven@mix.other'/>")
        #expect(server.gate?.words() == ["presence subscribe ada@example coven@mix.other"])
        server.arrive("<presence type='subscribed' from='coven@mix.other' to='ada@example'/>")
        #expect(ada.roster() == ["coven@mix.other both"])
        #expect(server.channels("ada") == ["coven@mix.other": "p1 mix"])
        ada.send("<presence type='unsubscribed' to='coven@mix.other'/>")
        #expect(
            server.gate?.words() == [
                "presence unsubscribed ada@example coven@mix.other",
                "presence unavailable ada@example/r coven@mix.other",
            ])
    }

    @Test func whatAChannelDoesNotTakeIsNotTheClientsFault() {
        let server = server()
        let ada = server.available("ada", features: [NS.mixCore])
        server.arrive("<presence type='error' from='coven@mix.other' to='ada@example/r'/>")
        #expect(ada.news().isEmpty && attending(server) == ["r mix"])
        _ = server.gate?.envelopes()
        ada.send("<presence><show>away</show></presence>")
        #expect(server.gate?.words() == ["presence ada@example/r coven@mix.other"])
    }

    @Test func aChannelThatProbesSeesClientsOfMIX() {  // MIXC-262
        let server = server()
        _ = server.available("ada", "old", features: [NS.muc])
        _ = server.available("ada", "phone", features: [NS.mixCore])
        _ = server.gate?.envelopes()
        server.arrive("<presence type='probe' from='coven@mix.other' to='ada@example'/>")
        #expect(server.gate?.words() == ["presence ada@example/phone coven@mix.other"])
    }
}
