// Shows which departures nobody noted are told, and that those who are there are not said to have left.

import Rooms
import Testing
import XMPP

@testable import Server

@Suite struct PresumedDeparturesTests {
    private func note(_ kind: Note.Kind, _ address: String) throws -> Note {
        Note(
            time: Moment(milliseconds: 0), address: try JID(address), dialect: nil, nick: "ada", kind: kind, cause: "")
    }

    /// The lines without their times.
    private func lines(_ notes: [(Note.Kind, String)], seated: Set<String> = []) throws -> [String] {
        try PresumedDepartures.sentences(of: notes.map { try note($0, $1) }, seated: seated)
            .map { String($0.split(separator: "  ").last ?? "") }
    }

    private let lost = "a@x/1 left: the server stopped without warning"
    private let came = "a@x/1 entered as ada"

    @Test func killedWhileThere() throws {
        #expect(try lines([(.entered, "a@x/1")]) == [came, lost])
        #expect(try lines([(.entered, "a@x/1"), (.roleChanged, "a@x")]).last == lost)
    }

    @Test func cameBackAfterwards() throws {
        let notes: [(Note.Kind, String)] = [(.entered, "a@x/1"), (.entered, "a@x/1")]
        #expect(try lines(notes, seated: ["a@x/1"]) == [came, lost, came])
        #expect(try lines(notes) == [came, lost, came, lost])
    }

    @Test func whatWasNotedIsNotDoubled() throws {
        for leaving in [Note.Kind.left, .shutDown] {
            #expect(try lines([(.entered, "a@x/1"), (leaving, "a@x/1")]).count == 2)
        }
    }

    @Test func eachClientForItself() throws {
        let told = try lines([(.entered, "a@x/1"), (.entered, "a@x/2"), (.left, "a@x/2")], seated: [])
        #expect(told.count == 4)
        #expect(told.last == lost)
    }
}
