// Shows that a participant of whom a subscriber of a channel is not told, or told wrongly, is missed.

import DialectKit
import Rooms
import Testing
import XML
import XMPP

@testable import ScenarioKit

@Suite struct ParticipantsWatchTests {
    private let watch = ParticipantsWatch(channels: "mix.example")
    private static let hag = "hhhhhhhhhhhhhhhh"
    private static let crone = "cccccccccccccccc"

    init() {
        for name in ["Hag66", "Hag66/phone", "Crone"] {
            watch.know(
                name,
                Login(
                    local: String(name.prefix { $0 != "/" }).lowercased(), domain: "witches.example",
                    resource: "broom", password: "p", nonce: "n"))
        }
    }

    private func sends(_ text: String) throws { watch.sent(try Element(parsing: text), by: "Hag66") }

    private func told(_ text: String, _ name: String = "Hag66") throws {
        watch.delivered(try Element(parsing: text), to: name)
    }

    private func told(item: String, _ name: String = "Hag66") throws {
        let items = "<items node='\(NS.mixNodeParticipants)'>\(item)</items>"
        try told(
            "<message from='coven@mix.example'><event xmlns='\(NS.pubsubEvent)'>\(items)</event></message>", name)
    }

    private func item(_ id: String, _ nick: String) -> String {
        "<item id='\(id)'><participant xmlns='\(NS.mixCore)'><nick>\(nick)</nick></participant></item>"
    }

    private func join(_ nodes: String = NS.mixNodeParticipants) throws {
        try told(
            "<iq type='result' from='hag66@witches.example' id='1'><client-join xmlns='\(NS.mixPAM)'>"
                + "<join xmlns='\(NS.mixCore)' id='\(Self.hag)' jid='\(Self.hag)#coven@mix.example'>"
                + "<subscribe node='\(nodes)'/></join></client-join></iq>")
    }

    private func compare(_ participants: [String: String]) -> String? { watch.compare(["coven": participants]) }

    /// Joined, with Crone there already.
    private func begin() throws {
        try join()
        try told(item: item(Self.hag, "first"))
        #expect(compare([Self.hag: "first", Self.crone: "third"]) == nil, "who was there before is not told")
    }

    @Test func whoIsToldEverythingIsRight() throws {
        try begin()
        try told(item: item(Self.crone, "old"))
        #expect(compare([Self.hag: "first", Self.crone: "old"]) == nil)
        try told(item: "<retract id='\(Self.crone)'/>")
        #expect(compare([Self.hag: "first"]) == nil)
        let draft = "<participant xmlns='urn:xmpp:mix:0' nick='third'/>"
        try told(item: "<item id='coven+\(Self.crone)@mix.example'>\(draft)</item>")
        #expect(compare([Self.hag: "first", Self.crone: "third"]) == nil)
    }

    @Test func whatIsNotTold() throws {
        try begin()
        #expect(compare([Self.hag: "first"]) != nil, "somebody left")
        try begin()
        #expect(compare([Self.hag: "first", Self.crone: "old"]) != nil, "a nick")
        try begin()
        #expect(compare([Self.hag: "first", Self.crone: "third", "dddddddddddddddd": "d"]) != nil, "somebody came")
    }

    @Test func whatIsToldWrongly() throws {
        try begin()
        try told(item: item(Self.crone, "young"))
        #expect(compare([Self.hag: "first", Self.crone: "third"]) != nil)
    }

    @Test func whatIsToldWronglyToSomebodyWhoDidNotAsk() throws {
        try told(item: item(Self.crone, "young"), "Crone")
        #expect(compare([Self.hag: "first", Self.crone: "third"]) != nil)
    }

    /// The subscription is the account's: whoever of it was told once is told everything.
    @Test func furtherClientsOfAnAccount() throws {
        try begin()
        for name in ["Hag66", "Hag66/phone"] { try told(item: item(Self.crone, "old"), name) }
        #expect(compare([Self.hag: "first", Self.crone: "old"]) == nil)
        try told(item: item(Self.crone, "older"))
        #expect(compare([Self.hag: "first", Self.crone: "older"])?.contains("Hag66/phone was told") == true)
    }

    @Test func whoIsToldNoMore() throws {
        let others = [Self.crone: "old"]
        let all = [Self.hag: "first", Self.crone: "old"]
        try begin()
        #expect(compare(others) == nil, "it has left, or was removed")
        #expect(compare(all) == nil)
        try begin()
        watch.left("Hag66")
        #expect(compare(all) == nil, "it is gone")
        try begin()
        try sends("<presence type='unavailable'/>")
        #expect(compare(all) == nil)
        try begin()
        try sends("<iq to='coven@mix.example'><x><unsubscribe node='\(NS.mixNodeParticipants)'/></x></iq>")
        #expect(compare(all) == nil)
        try begin()
        try sends("<iq to='coven@mix.example'><x><field var='Participants Node Subscription'/></x></iq>")
        #expect(compare(all) == nil)
        try begin()
        try sends("<iq><block xmlns='\(NS.blocking)'><item jid='coven@mix.example'/></block></iq>")
        #expect(compare(all) == nil)
        try join(NS.mixNodeMessages)
        #expect(compare([Self.hag: "first", Self.crone: "third"]) == nil, "it did not want to know")
        #expect(compare(all) == nil)
    }

    // MARK: A whole house

    private static let script = """
        # whatever holds for all
        Hag66 speaks mix; Crone speaks mix-0.2.1; Wicca speaks mix
        setup channel coven by Hag66
        setup join Hag66 as firstwitch
        setup join Crone as thirdwitch
        setup join Wicca as secondwitch
        Crone sends
            <iq type='set' id='n1' to='coven@{mix}'><query xmlns='urn:xmpp:mix:0'><nick>oldwitch</nick></query></iq>
        Wicca sends
            <iq type='set' id='l1' to='{Wicca.bare}'><client-leave xmlns='urn:xmpp:mix:pam:2' channel='coven@{mix}'>\
        <leave xmlns='urn:xmpp:mix:core:1'/></client-leave></iq>
        everybody ignores the rest
        """

    private func play(_ plant: @escaping @Sendable (any Dialect) -> any Dialect) async throws -> String? {
        let scenario = try ScenarioParser.read(Self.script, path: "planted")
        do {
            try await Play(scenario, on: InProcessStage(scenario.options, seed: 1, decorate: plant)).perform()
            return nil
        } catch let fault as PlayFault {
            return fault.what
        }
    }

    @Test func nothingIsWrongWithoutAFault() async throws { #expect(try await play { $0 } == nil) }

    /// MIXC-061
    @Test(arguments: ["mix", "mix-0.2.1"])
    func aLeavingThatIsKeptFromADialect(_ name: String) async throws {
        let fault = try await play { dialect in
            guard dialect.id == DialectID(name) else { return dialect }
            return PlantedDialect(
                dialect,
                write: { event, templates in
                    if case .membership(.withdrawn) = event { return [] }
                    return templates
                })
        }
        #expect(fault?.contains("in coven, where are") == true, "\(fault ?? "nothing")")
    }
}
