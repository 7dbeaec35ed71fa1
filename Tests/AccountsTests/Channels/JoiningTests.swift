// Joining and leaving channels through the own account (XEP-0405 §2.7, §2.8).

import Host
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct JoiningTests {
    private func server(limits: AccountLimits = AccountLimits(), storage: StorageLimits = .default) -> TestServer {
        let server = TestServer(accountLimits: limits, storage: storage, hasGate: true)
        server.register("ada", "bo")
        return server
    }

    private static func result(_ name: String, _ id: String = "j", in namespace: String = NS.mixCore) -> String {
        let child = name == "join" ? "<join xmlns='\(namespace)' id='p1'/>" : "<leave xmlns='\(namespace)'/>"
        return "<iq type='result' id='\(id)' from='coven@mix.other' to='ada@example'>\(child)</iq>"
    }

    @Test func aJoinGoesOnInTheAccountsNameAndComesBackWrapped() throws {  // MIXC-306, MIXC-307, MIXC-310, MIXC-311
        let server = server()
        let ada = server.available("ada", features: [NS.mixCore])
        ada.roster()
        ada.join()
        let sent = try #require(server.gate?.envelopes().last)
        #expect(sent.from == TestServer.address("ada@example") && sent.stanza.id == "j")
        #expect(sent.stanza.payload.map(\.name) == ["join"])
        #expect(sent.stanza.payload[0].children.map { $0["node"] } == [NS.mixNodeMessages])
        #expect(ada.news().isEmpty && server.channels("ada").isEmpty)
        server.arrive(Self.result("join"))
        let heard = ada.news()
        #expect(heard.map { $0["type"] ?? "" } == ["set", "result"])
        #expect(heard[1]["id"] == "j" && heard[1]["to"] == "ada@example/r")
        let wrapper = try #require(heard[1].child("client-join", NS.mixPAM))
        #expect(wrapper.children.map { $0["id"] } == ["p1"])
        #expect(server.channels("ada") == ["coven@mix.other": "p1 mix"])
        #expect(ada.roster() == ["coven@mix.other from"])
        #expect(server.gate?.words() == ["presence ada@example/r coven@mix.other"])
        #expect(ada.unanswered == 0)
    }

    @Test(arguments: ["urn:xmpp:mix:pam:0", "urn:xmpp:mix:pam:1", "urn:xmpp:mix:pam:2"])
    func eachGenerationIsAnsweredInKind(namespace: String) {  // MIXC-300
        let server = server()
        let ada = server.available("ada")
        ada.send(
            "<iq type='set' id='j' to='ada@example'><client-join xmlns='\(namespace)' channel='coven@mix.other'>"
                + "<join xmlns='\(NS.mixCore0)'/></client-join></iq>")
        #expect(server.gate?.envelopes().last?.stanza.payload.map(\.namespace) == [NS.mixCore0])
        server.arrive(Self.result("join", in: NS.mixCore0))
        let join = ada.news().first { $0["id"] == "j" }
        #expect(join?["from"] == "ada@example")
        #expect(join?.child("client-join", namespace)?.child("join", NS.mixCore0) != nil)
        #expect(server.channels("ada") == ["coven@mix.other": "p1 mix-core-0"])
        ada.send(
            "<iq type='set' id='l'><client-leave xmlns='\(namespace)' channel='coven@mix.other'>"
                + "<leave xmlns='\(NS.mixCore0)'/></client-leave></iq>")
        server.arrive(Self.result("leave", "l", in: NS.mixCore0))
        #expect(ada.news().last?.child("client-leave", namespace)?.child("leave", NS.mixCore0) != nil)
        #expect(server.channels("ada").isEmpty)
    }

    @Test func anErrorChangesNothing() throws {  // MIXC-308, MIXC-516
        let server = server()
        let ada = server.available("ada")
        ada.roster()
        ada.join()
        server.arrive(
            "<iq type='error' id='j' from='coven@mix.other' to='ada@example'><client-join xmlns='\(NS.mixPAM)'/>"
                + "<error type='cancel'><conflict xmlns='\(NS.stanzas)'/></error></iq>")
        let heard = ada.news()
        #expect(heard.map(\.name) == ["iq"])
        #expect(heard[0].children.map(\.name) == ["error"])
        #expect(heard[0].child("error", NS.client)?.child("conflict", NS.stanzas) != nil)
        #expect(server.channels("ada").isEmpty)
    }

    private static let todays = "<join xmlns='urn:xmpp:mix:core:1'/>"

    private static func wrapped(_ inner: String, _ channel: String?, _ name: String = "client-join") -> String {
        "<\(name) xmlns='\(NS.mixPAM)'\(channel.map { " channel='\($0)'" } ?? "")>\(inner)</\(name)>"
    }

    @Test(arguments: [
        wrapped(todays, nil), wrapped(todays, "@"), wrapped(todays, "mix.other"), wrapped(todays, "a@mix.other/r"),
        wrapped("", "a@mix.other"), wrapped("<join xmlns='urn:x'/>", "a@mix.other"),
        wrapped(todays + todays, "a@mix.other"), wrapped("<leave xmlns='\(NS.mixCore)'/>", "a@mix.other"),
        wrapped("<leave xmlns='\(NS.mixCore)'/>", nil, "client-leave"),
        "<join xmlns='urn:xmpp:mix:0'/>", "<leave xmlns='urn:xmpp:mix:0' channel=''/>",
    ]) func whatCannotBeUnderstoodIsRefused(request: String) {  // MIXC-308
        let server = server()
        let ada = server.available("ada")
        ada.send("<iq type='set' id='j'>\(request)</iq>")
        #expect(ada.words() == ["iq error bad-request"])
        ada.send("<iq type='set' id='j' to='bo@example'>\(request)</iq>")
        #expect(ada.words() == ["iq error forbidden"])
        #expect(server.gate?.envelopes().isEmpty == true)
        #expect(ada.unanswered == 0)
    }

    @Test func aChannelThatDoesNotAnswerIsAnsweredFor() {
        let server = server()
        let ada = server.available("ada")
        ada.join()
        server.scheduler.advance(by: .seconds(59))
        #expect(ada.news().isEmpty)
        ada.join("other@mix.other", id: "k")
        server.scheduler.advance(by: .seconds(1))
        #expect(ada.words() == ["iq error remote-server-timeout"])
        server.arrive(Self.result("join"))
        #expect(ada.news().isEmpty && server.channels("ada").isEmpty)
        server.scheduler.advance(by: .seconds(59))
        #expect(ada.words() == ["iq error remote-server-timeout"])
        ada.send("</stream:stream>")
        #expect(server.accountCount == 0)
    }

    @Test func theyHaveABound() {
        var limits = AccountLimits()
        limits.channelRequests = 2
        let server = server(limits: limits)
        let ada = server.available("ada")
        for number in 1...3 { ada.join("c\(number)@mix.other", id: "\(number)") }
        #expect(ada.words() == ["iq error resource-constraint"])
        #expect(server.gate?.envelopes().count == 2)
    }

    @Test func aLeaveThatNobodyWaitsForIsNoneOfThem() {
        var limits = AccountLimits()
        limits.channelRequests = 1
        let server = server(limits: limits)
        let ada = server.available("ada")
        ada.join()
        server.arrive(Self.result("join"))
        ada.send(
            "<iq type='set' id='r'><query xmlns='\(NS.roster)'>"
                + "<item jid='coven@mix.other' subscription='remove'/></query></iq>")
        _ = (ada.news(), server.gate?.envelopes())
        ada.join("heath@mix.other", id: "h")
        #expect(ada.words() == [])
        #expect(server.gate?.words() == ["iq set join ada@example heath@mix.other"])
    }

    @Test func aFullRosterIsToldBeforeAnythingHappens() {
        var storage = StorageLimits()
        storage.rosterItems = 1
        let server = server(storage: storage)
        let ada = server.available("ada")
        ada.send("<iq type='set' id='s'><query xmlns='\(NS.roster)'><item jid='bo@example'/></query></iq>")
        ada.join()
        #expect(ada.words() == ["iq result s", "iq error resource-constraint"])
        #expect(server.gate?.envelopes().isEmpty == true)
    }

    @Test func onlyTheChannelAnswers() {
        let server = server()
        let ada = server.available("ada")
        ada.join()
        for from in ["evil@mix.other", "coven@mix.evil", "coven@mix.other/r"] {
            server.arrive(
                "<iq type='result' id='j' from='\(from)' to='ada@example'><join xmlns='\(NS.mixCore)' id='p'/></iq>")
        }
        server.arrive(Self.result("join", "x"))
        #expect(ada.news().isEmpty && server.channels("ada").isEmpty)
    }

    @Test func blockedChannelsAreNotJoined() {
        let server = server()
        let ada = server.available("ada")
        ada.send(
            "<iq type='set' id='b'><block xmlns='\(NS.blocking)'><item jid='coven@mix.other'/></block></iq>")
        ada.join()
        #expect(ada.words() == ["iq result b", "iq error not-acceptable"])
        #expect(server.gate?.envelopes().isEmpty == true)
    }

    @Test func lateDraftsAskWithoutAWrapper() {  // X-21
        let server = server()
        let ada = server.available("ada")
        ada.send(
            "<iq type='set' id='j'><join xmlns='\(NS.mix0)' channel='coven@mix.other'><nick>Ada</nick></join></iq>")
        let sent = server.gate?.envelopes().last?.stanza
        #expect(sent?.from == TestServer.address("ada@example") && sent?.id == "j")
        #expect(sent?.payload[0]["channel"] == nil && sent?.payload[0].child("nick", NS.mix0)?.text == "Ada")
        server.arrive(Self.result("join", in: NS.mix0))
        let join = ada.news().first { $0["id"] == "j" }
        #expect(join?.child("join", NS.mix0)?["id"] == "p1")
        #expect(server.channels("ada")["coven@mix.other"]?.hasPrefix("p1 mix-0.2.1 ") == true)
        ada.send("<iq type='set' id='l'><leave xmlns='\(NS.mix0)' channel='coven@mix.other'/></iq>")
        _ = ada.news()
        server.arrive(Self.result("leave", "l", in: NS.mix0))
        #expect(ada.news().last?.child("leave", NS.mix0) != nil)
        #expect(server.channels("ada").isEmpty)
    }

    @Test func strikingAChannelOffTheRosterIsLeavingIt() {  // MIXC-508
        let server = server()
        let ada = server.available("ada", features: [NS.mixCore])
        ada.roster()
        ada.join()
        server.arrive(Self.result("join"))
        _ = (ada.news(), server.gate?.envelopes())
        ada.send(
            "<iq type='set' id='r'><query xmlns='\(NS.roster)'>"
                + "<item jid='coven@mix.other' subscription='remove'/></query></iq>")
        #expect(ada.told() == ["push coven@mix.other remove", "iq result"])
        let sent = server.gate?.envelopes() ?? []
        #expect(sent.map(\.stanza.payload.first?.namespace) == [NS.mixCore])
        #expect(sent.first?.stanza.payload.first?.name == "leave" && sent.first?.from.isBare == true)
        server.arrive(Self.result("leave", sent.first?.stanza.id ?? ""))
        #expect(ada.news().isEmpty && server.channels("ada").isEmpty)
    }

    @Test func presenceThatIsNotSharedStaysAtHome() {  // MIXC-312
        let server = server()
        let ada = server.available("ada", features: [NS.mixCore])
        ada.send(
            "<iq type='set' id='j'><client-join xmlns='\(NS.mixPAM)' channel='coven@mix.other'>"
                + "<join xmlns='\(NS.mixCore)'><x xmlns='jabber:x:data' type='submit'>"
                + "<field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mix:anon:0</value></field>"
                + "<field var='Presence'><value>not share</value></field></x></join></client-join></iq>")
        server.arrive(Self.result("join"))
        _ = server.gate?.envelopes()
        #expect(ada.roster() == ["coven@mix.other none"])
        ada.send("<presence><show>away</show></presence>")
        #expect(server.gate?.words() == [])
    }

    @Test func theOtherClientsListenFromTheMomentOfTheJoin() {  // X-15, X-16
        let server = server()
        let phone = server.available("ada", "phone", features: [NS.mixCore])
        _ = server.available("ada", "old", features: [NS.muc])
        _ = server.available("ada", "desk", features: [NS.mixCore0], on: 1)
        let asker = server.client("ada", "asker")
        asker.join()
        let listeners = server.gate?.envelopes().last?.listeners ?? []
        #expect(
            listeners.map { "\($0.address.resource ?? "") \($0.dialect) \($0.showsPresence)" } == [
                "phone mix true", "desk mix-core-0 true", "asker mix false",
            ])
        _ = (phone.news(), asker.news())
        server.arrive(
            "<message from='coven@mix.other' to='ada@example'><event xmlns='\(NS.pubsubEvent)'/></message>")
        #expect(phone.words() == ["message"] && asker.words() == ["message"])
    }

    @Test func aJoinThatIsNotStoredIsTakenUpAgain() {
        let server = server()
        let ada = server.available("ada")
        ada.roster()
        ada.join()
        server.disk.failCommits(2, with: .full)
        server.arrive(Self.result("join"))
        #expect(ada.news().isEmpty)
        server.scheduler.advance(by: .seconds(HostLimits().retrySeconds))
        #expect(ada.news().isEmpty)
        server.scheduler.advance(by: .seconds(HostLimits().retrySeconds))
        #expect(ada.told() == ["push coven@mix.other from", "iq result"])
        #expect(server.channels("ada") == ["coven@mix.other": "p1 mix"])
    }

    @Test func whoeverAsksTheChannelItselfIsRemembered() {  // X-15, MIXC-501
        let server = server()
        let ada = server.available("ada")
        ada.roster()
        ada.send("<iq type='set' id='j' to='coven@mix.other'><join xmlns='\(NS.mixCore)'/></iq>")
        server.arrive(
            "<iq type='result' id='j' from='coven@mix.other' to='ada@example/r'>"
                + "<join xmlns='\(NS.mixCore)' id='p1'/></iq>")
        #expect(ada.told() == ["push coven@mix.other from", "iq result coven@mix.other"])
        #expect(server.channels("ada") == ["coven@mix.other": "p1 mix"])
        server.arrive(
            "<iq type='result' id='x' from='evil@mix.other' to='ada@example/r'>"
                + "<join xmlns='\(NS.mixCore)' id='p1'/></iq>")
        #expect(server.channels("ada").count == 1)
        ada.send("<iq type='set' id='l' to='coven@mix.other'><leave xmlns='\(NS.mixCore)'/></iq>")
        server.arrive(
            "<iq type='result' id='l' from='coven@mix.other' to='ada@example/r'><leave xmlns='\(NS.mixCore)'/></iq>")
        #expect(server.channels("ada").isEmpty)
    }
}
