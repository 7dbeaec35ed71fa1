// Every checker can fail: each is shown what must never be, and says so.

import Rooms
import Storage
import Testing
import XML
import XMPP

@testable import Simulation

@Suite struct CheckerTests {
    // MARK: Told

    private func told(_ texts: [String], of said: [String], isQuiet: Bool = true) throws -> Violation? {
        var journal = Journal()
        for text in said { try journal.say(text) }
        var checker = ToldChecker()
        for text in texts { checker.told(text, in: Visit(client: "c1", room: "r1", number: 1)) }
        return checker.judge(journal.ledger, isQuiet: isQuiet)
    }

    @Test func whatIsToldIsInTheJournalOnceAndInOrder() throws {
        #expect(try told(["a", "b", "c"], of: ["a", "b", "c"]) == nil)
        #expect(try told(["b", "c"], of: ["a", "b", "c"]) == nil)
        #expect(try told(["a"], of: ["a", "b"], isQuiet: false) == nil)
        #expect(try told(["a", "x"], of: ["a"])?.what.contains("not in the journal") == true)
        #expect(try told(["a"], of: ["a", "a"])?.what.contains("in the journal twice") == true)
        #expect(try told(["a", "a"], of: ["a"])?.what.contains("twice, or not in the journal's order") == true)
        #expect(try told(["b", "a"], of: ["a", "b"])?.what.contains("not in the journal's order") == true)
        #expect(try told(["a", "c"], of: ["a", "b", "c"])?.what.contains("never b between") == true)
        #expect(try told(["a"], of: ["a", "b"])?.what.contains("was never told b") == true)
    }

    @Test func whoHasLeftMissesNothing() throws {
        var journal = Journal()
        try journal.say("a")
        try journal.say("b")
        var checker = ToldChecker()
        let visit = Visit(client: "c1", room: "r1", number: 1)
        checker.told("a", in: visit)
        checker.ended(visit)
        #expect(checker.judge(journal.ledger, isQuiet: true) == nil)
    }

    // MARK: Answers

    @Test func everyRequestIsAnsweredOnce() {
        var checker = AnswerChecker()
        checker.asked("q1", by: "c1", 1, what: "ping")
        #expect(checker.judge(Ledger())?.what.contains("no answer to q1") == true)
        #expect(checker.answer("q1", to: "c1") == nil)
        #expect(checker.judge(Ledger()) == nil)
        #expect(checker.answer("q1", to: "c1")?.what.contains("a second answer") == true)
        #expect(checker.answer("q2", to: "c1")?.what.contains("never asked") == true)
        checker.asked("q3", by: "c1", 1, what: "ping")
        checker.lost("c1")
        #expect(checker.judge(Ledger()) == nil)
    }

    @Test func whatIsSaidIsShownOrRefused() throws {
        var journal = Journal()
        try journal.say("b")
        var checker = AnswerChecker()
        checker.said("a", by: "c1", 1, in: "r1")
        #expect(checker.judge(journal.ledger)?.what.contains("neither shown it nor refused") == true)
        #expect(checker.refusal(of: "a", to: "c1", "forbidden") == nil)
        #expect(checker.judge(journal.ledger) == nil)
        #expect(checker.shown("a", to: "c1")?.what.contains("which was refused") == true)
        checker.said("b", by: "c1", 1, in: "r1")
        #expect(checker.shown("b", to: "c1") == nil)
        #expect(checker.refusal(of: "b", to: "c1", "forbidden")?.what.contains("which it was shown") == true)
        checker.said("b", by: "c2", 1, in: "r1")
        #expect(checker.refusal(of: "b", to: "c2", "forbidden") == nil)
        #expect(checker.judge(journal.ledger)?.what.contains("refused (forbidden) and is in the journal") == true)
    }

    @Test func whatIsSaidInTheBatchThatEndsARoomGoesWithIt() throws {
        var journal = Journal()
        try journal.say("a")
        let visit = Visit(client: "c1", room: "r1", number: 1)
        var checker = ToldChecker()
        checker.told("a", in: visit)
        checker.told("b", in: visit)
        var staying = checker
        checker.ended(visit)
        var leaving = checker
        #expect(leaving.judge(journal.ledger, isQuiet: true)?.what.contains("not in the journal") == true)
        journal.end()
        #expect(staying.judge(journal.ledger, isQuiet: true)?.what.contains("not in the journal") == true)
        #expect(checker.judge(journal.ledger, isQuiet: true) == nil)
    }

    // MARK: The journal

    @Test func theJournalHasNoGap() throws {
        var journal = Journal()
        var checker = JournalChecker()
        try journal.say("a")
        #expect(checker.judge(journal.ledger) == nil)
        journal.room.apply(try #require(try journal.decide("b").first))
        try journal.say("c")
        #expect(checker.judge(journal.ledger)?.what.contains("has seq") == true)
    }

    @Test func whatWasCommittedSurvivesACrash() throws {
        var journal = Journal()
        try journal.say("a")
        try journal.say("b")
        let life = try #require(journal.ledger.living("r1"))
        let whole = [life.key: (number: life.number, rows: life.rows)]
        #expect(try JournalChecker.compare(journal.ledger, whole, pending: []).isEmpty)
        let short = [life.key: (number: life.number, rows: Array(life.rows.dropLast()))]
        #expect(throws: Violation.self) { try JournalChecker.compare(journal.ledger, short, pending: []) }
        #expect(throws: Violation.self) { try JournalChecker.compare(journal.ledger, [:], pending: []) }
        let before = journal
        try journal.say("c")
        let more = [life.key: (number: life.number, rows: journal.ledger.lives[life.number]?.rows ?? [])]
        #expect(throws: Violation.self) { try JournalChecker.compare(before.ledger, more, pending: []) }
        let batch = try #require(journal.last)
        #expect(try JournalChecker.compare(before.ledger, more, pending: [batch]).count == 1)
    }

    // MARK: Rooms

    @Test func aPictureIsWhatTheRoomIs() throws {
        let journal = Journal()
        let address = ["c1": "ada@example/c1"]
        var picture = Picture()
        #expect(RosterChecker.judge(journal.room, "r1", address, ["c1": picture])?.what.contains("sits in r1") == true)
        let own = try presence("ada", "owner", "moderator", "<status code='110'/>")
        let subject = try Element(parsing: "<message from='r1@chat.example' type='groupchat'><subject/></message>")
        #expect(picture.fold(own) == .entered(created: false))
        #expect(picture.fold(Heard(subject) { _ in [] }) == nil)
        #expect(RosterChecker.judge(journal.room, "r1", address, ["c1": picture]) == nil)
        _ = picture.fold(try presence("ada", "member", "participant"))
        #expect(
            RosterChecker.judge(journal.room, "r1", address, ["c1": picture])?.what.contains("takes ada for") == true)
        _ = picture.fold(own)
        _ = picture.fold(try presence("bo", "none", "participant"))
        #expect(
            RosterChecker.judge(journal.room, "r1", address, ["c1": picture])?.what.contains("still sees bo") == true)
        #expect(RosterChecker.judge(nil, "r1", address, ["c1": picture])?.what.contains("believes") == true)
        #expect(RosterChecker.judge(journal.room, "r1", address, [:])?.what.contains("not connected") == true)
    }

    private func presence(_ nick: String, _ affiliation: String, _ role: String, _ more: String = "") throws -> Heard {
        let item = "<item affiliation='\(affiliation)' role='\(role)'/>"
        let user = "<x xmlns='\(NS.mucUser)'>\(item)\(more)</x>"
        return Heard(try Element(parsing: "<presence from='r1@chat.example/\(nick)'>\(user)</presence>")) { _ in [] }
    }

    @Test func aRoomIsSoundAndAtItsHead() throws {
        var journal = Journal()
        try journal.say("a")
        let life = journal.ledger.living("r1")
        #expect(RoomChecker.judge(journal.room, waiting: 0, life) == nil)
        #expect(RoomChecker.judge(journal.room, waiting: 1, life)?.what.contains("waiting") == true)
        journal.room.apply(try #require(try journal.decide("b").first))
        #expect(RoomChecker.judge(journal.room, waiting: 0, life)?.what.contains("its journal at") == true)
    }

    @Test func aRoomComesBackAsItWas() throws {
        var journal = Journal()
        try journal.say("a")
        let life = try #require(journal.ledger.living("r1"))
        let stored = { (rows: [EventRecord]) in
            StoredRoom(
                number: life.number, face: journal.face, snapshot: nil, events: rows, tail: rows.filter(\.isArchived))
        }
        let (name, limits) = (journal.room.name, RoomLimits())
        #expect(RecoveryChecker.judge(stored(life.rows), life.rows, name: name, limits: limits) == nil)
        let lost = stored(Array(life.rows.dropLast()))
        #expect(RecoveryChecker.judge(lost, life.rows, name: name, limits: limits)?.what.contains("as another") == true)
    }
}
