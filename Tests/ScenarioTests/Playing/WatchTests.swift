// Shows that what holds for every scenario is missed where it does not hold.

import DialectKit
import Rooms
import ScenarioKit
import Testing
import XML
import XMPP

/// A house in which a dialect has a fault: the play stops and says which.
@Suite struct WatchTests {
    private static let script = """
        # whatever holds for all
        Hag66 speaks muc; Crone speaks muc; Wicca speaks muc
        setup room coven by Hag66
        setup enter Crone as thirdwitch
        setup enter Wicca as secondwitch
        Crone sends
            <message type='groupchat' to='coven@{muc}'><body>All hail</body></message>
        Crone sends
            <iq type='set' id='k1' to='coven@{muc}'>\
        <query xmlns='http://jabber.org/protocol/muc#admin'><item nick='secondwitch' role='none'/></query></iq>
        Hag66 sends
            <iq type='set' id='k2' to='coven@{muc}'>\
        <query xmlns='http://jabber.org/protocol/muc#admin'><item nick='thirdwitch' role='visitor'/></query></iq>
        Wicca sends
            <presence type='unavailable' to='coven@{muc}/secondwitch'/>
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

    @Test func nothingIsWrongWithoutAFault() async throws {
        #expect(try await play { $0 } == nil)
    }

    /// MUC-445
    @Test func whoeverIsNotToldOfALeavingSeesAGhost() async throws {
        let fault = try await play {
            PlantedDialect(
                $0,
                write: { event, templates in
                    if case .attendance(.left) = event { return [] }
                    return templates
                })
        }
        #expect(fault?.contains("believes itself in") == true || fault?.contains("sees [") == true, "\(fault ?? "")")
    }

    /// MUC-445
    @Test func whoeverIsNotToldOfARoleHasAnotherRoster() async throws {
        let fault = try await play {
            PlantedDialect(
                $0,
                write: { event, templates in
                    if case .governance(.roleChanged) = event { return [] }
                    return templates
                })
        }
        #expect(fault?.contains("thirdwitch in coven@chat.example as") == true, "\(fault ?? "")")
    }

    /// MUC-445: the newcomer is told of nobody.
    @Test func whoeverIsToldOfNobodyIsAlone() async throws {
        let fault = try await play { PlantedDialect($0, welcome: { Array($0.suffix(2)) }) }
        #expect(fault?.contains("Crone sees [\"thirdwitch\"] in coven@chat.example") == true, "\(fault ?? "")")
    }

    /// MUC-443
    @Test(arguments: [[1, 0], [0]])
    func welcomesInAnotherOrderOrCutShort(_ order: [Int]) async throws {
        let fault = try await play {
            PlantedDialect($0, welcome: { told in order.map { told.suffix(2).map(\.self)[$0] } })
        }
        #expect(fault?.contains("words outside") == true || fault?.contains("only in part") == true, "\(fault ?? "")")
    }

    /// MUC-448
    @Test func aRefusalThatIsKeptSilent() async throws {
        let fault = try await play { PlantedDialect($0, refusal: { _ in nil }) }
        #expect(fault?.contains("Crone was never answered 'k1'") == true, "\(fault ?? "")")
    }

    /// MUC-448
    @Test func aRefusalUnderAnotherName() async throws {
        let fault = try await play {
            PlantedDialect(
                $0,
                refusal: { stanza in
                    var stanza = stanza
                    stanza?.id = "k9"
                    return stanza
                })
        }
        #expect(fault?.contains("is answered what it did not ask, or twice") == true, "\(fault ?? "")")
    }
}

/// Requests and answers, one by one.
@Suite struct AnswerWatchTests {
    private let watch = AnswerWatch()

    private func sent(_ text: String) throws { watch.sent(try Element(parsing: text), by: "Hag66") }
    private func came(_ text: String) throws { watch.delivered(try Element(parsing: text), to: "Hag66") }

    @Test func onceIsEnough() throws {
        try sent("<iq type='get' id='1' to='coven@chat.example'/>")
        #expect(watch.end() != nil, "not answered yet")
        try came("<iq type='result' id='1' from='coven@chat.example'/>")
        #expect(watch.settle([]) == nil)
        #expect(watch.end() == nil)
        try came("<iq type='error' id='1' from='coven@chat.example'/>")
        #expect(watch.settle([]) != nil, "MUC-448: twice")
    }

    @Test func somebodyElseAnswers() throws {
        try sent("<iq type='get' id='1' to='coven@chat.example/a'/>")
        try came("<iq type='result' id='1' from='coven@chat.example/b'/>")
        #expect(watch.settle([]) != nil)
    }

    /// An error to an error, or to nothing at all.
    @Test func errorsAnswerSomething() throws {
        try sent("<message id='m1' to='coven@chat.example'/>")
        try came("<message type='error' id='m1' from='coven@chat.example'/>")
        #expect(watch.settle([]) == nil)
        try sent("<presence type='error' id='p1' to='coven@chat.example'/>")
        try came("<presence type='error' id='p1' from='coven@chat.example'/>")
        #expect(watch.settle([]) != nil)
    }

    /// What another client was asked and left open excuses one request, and only one.
    @Test func whatAnotherClientNeverAnswers() throws {
        try sent("<iq type='get' id='1' to='coven@chat.example/a'/>")
        watch.delivered(try Element(parsing: "<iq type='get' id='x' from='coven@chat.example/b'/>"), to: "Crone")
        #expect(watch.end() == nil)
        try sent("<iq type='get' id='2' to='coven@chat.example/a'/>")
        #expect(watch.end() != nil)
        watch.left("Hag66")
        #expect(watch.end() == nil)
    }
}

/// One's own presence and everybody else's.
@Suite struct EntryWatchTests {
    private let watch = EntryWatch(rooms: "chat.example")

    private func enter() throws {
        watch.sent(
            try Element(parsing: "<presence to='coven@chat.example/me'><x xmlns='\(NS.muc)'/></presence>"), by: "Hag66")
        try presence("other")
        try presence("me", 110)
        try came("<message type='groupchat' from='coven@chat.example'><subject xmlns='\(NS.client)'/></message>")
    }

    private func came(_ text: String) throws { watch.delivered(try Element(parsing: text), to: "Hag66") }

    private func presence(_ nick: String, type: String = "", _ codes: Int...) throws {
        let statuses = codes.map { "<status code='\($0)'/>" }.joined()
        let user = "<x xmlns='\(NS.mucUser)'><item role='participant' nick='new'/>\(statuses)</x>"
        try came("<presence from='coven@chat.example/\(nick)' \(type)>\(user)</presence>")
    }

    @Test func aVisitInOrder() throws {
        try enter()
        try presence("other", 104)
        try presence("me", type: "type='unavailable'", 110, 303)
        try presence("new", 110)
        try presence("new", type: "type='unavailable'", 110)
        #expect(watch.settle([]) == nil)
    }

    /// MUC-396
    @Test func oneselfWithoutAWord() throws {
        try enter()
        try presence("me")
        #expect(watch.settle([])?.contains("110") == true)
        try presence("other", 110)
        #expect(watch.settle([])?.contains("110") == true)
        try presence("me", type: "type='unavailable'")
        #expect(watch.settle([])?.contains("110") == true)
    }

    /// MUC-443
    @Test func somebodyComesBeforeTheSubject() throws {
        watch.sent(
            try Element(parsing: "<presence to='coven@chat.example/me'><x xmlns='\(NS.muc)'/></presence>"), by: "Hag66")
        try presence("me", 110)
        #expect(watch.settle([])?.contains("in part") == true)
        try presence("other")
        #expect(watch.settle([])?.contains("before the subject") == true)
    }

    /// MUC-006
    @Test func moreThanOneWordOfTheRoom() throws {
        try enter()
        try presence("other", 104, 104)
        #expect(watch.settle([])?.contains("a code twice") == true)
        let early = "<status code='110'/><item role='participant'/>"
        try came("<presence from='coven@chat.example/me'><x xmlns='\(NS.mucUser)'>\(early)</x></presence>")
        #expect(watch.settle([])?.contains("a code before the item") == true, "MUC-114")
        let user = "<x xmlns='\(NS.mucUser)'><item role='participant'/></x>"
        try came("<presence from='coven@chat.example/other'>\(user)\(user)</presence>")
        #expect(watch.settle([])?.contains("not one") == true)
    }
}
