// Presences kept rendered: rendered once, forgotten when they change, and bounded.

import DialectKit
import Rooms
import Testing
import XML
import XMPP

@testable import Host

@Suite struct PresenceShelfTests {
    private let view = View(dialect: DialectID("muc"), domain: "d", seesJIDs: false)
    private let seeing = View(dialect: DialectID("muc"), domain: "d", seesJIDs: true)

    private func template(_ id: String) -> Template { Template(.presence) { $0.attribute("id", id) } }

    @Test func rendersOncePerViewAndParticipant() {
        var shelf = PresenceShelf(limit: 10)
        var rendered = 0
        for _ in 0..<3 {
            for (view, id) in [(view, "a"), (seeing, "a"), (view, "b")] {
                _ = shelf.presence(of: ParticipantID(id), for: view) {
                    rendered += 1
                    return template(id)
                }
            }
        }
        #expect(rendered == 3)
    }

    @Test func alsoRemembersThatSomebodyIsNotShown() {
        var shelf = PresenceShelf(limit: 10)
        var rendered = 0
        for _ in 0..<2 {
            let shown = shelf.presence(of: ParticipantID("a"), for: view) {
                rendered += 1
                return nil
            }
            #expect(shown == nil)
        }
        #expect(rendered == 1)
    }

    @Test func forgetsWhoChanged() {
        var shelf = PresenceShelf(limit: 10)
        _ = shelf.presence(of: ParticipantID("a"), for: view) { template("old") }
        _ = shelf.presence(of: ParticipantID("b"), for: view) { template("b") }
        shelf.forget(ParticipantID("a"))
        #expect(shelf.presence(of: ParticipantID("a"), for: view) { template("new") } == template("new"))
        #expect(shelf.presence(of: ParticipantID("b"), for: view) { template("new") } == template("b"))
        shelf.forgetAll()
        #expect(shelf.presence(of: ParticipantID("b"), for: view) { template("new") } == template("new"))
    }

    @Test func holdsNoMoreThanItsLimit() {
        var shelf = PresenceShelf(limit: 2)
        for id in ["a", "b", "c"] { _ = shelf.presence(of: ParticipantID(id), for: view) { template(id) } }
        var rendered = 0
        for id in ["c", "a"] {
            _ = shelf.presence(of: ParticipantID(id), for: view) {
                rendered += 1
                return template(id)
            }
        }
        #expect(rendered == 1)  // "c" is there, "a" went when the shelf was full
    }
}
