// Acquaintances: who lately spoke which dialect, bounded, and restored from notes.

import Testing
import XMPP

@testable import Rooms

@Suite("Acquaintances")
struct AcquaintancesTests {
    @Test("Who spoke which dialect is known for a day, by full JID (GC-004)")
    func remembers() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        script.now = script.now + .seconds(60)
        try script.run(.leave(try script.seat(bo), payload: []))
        let known = script.room.acquaintances
        #expect(known.dialect(of: bo, at: script.now) == DialectID("muc"))
        #expect(known.dialect(of: boDesk, at: script.now) == nil)
        #expect(known.dialect(of: bo, at: script.now + .seconds(86_400)) == DialectID("muc"))
        #expect(known.dialect(of: bo, at: script.now + .seconds(86_401)) == nil)
    }

    @Test("A seat that changes its dialect is known by the new one (GC-008)")
    func upgrade() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo", dialect: "groupchat", creation: .open)
        try script.run(RoomScript.entry(bo, as: "bo", dialect: "muc"))
        #expect(script.room.acquaintances.dialect(of: bo, at: script.now) == DialectID("muc"))
    }

    @Test("Past the limit the older half is forgotten")
    func bounded() {
        var limits = RoomLimits()
        limits.acquaintances = 10
        var known = Acquaintances()
        for number in 0..<25 {
            let time = Moment(milliseconds: Int64(number))
            known.note(jid("x@b.example/\(number)"), DialectID("muc"), at: time, limits)
            #expect(known.count <= 10)
        }
        let end = Moment(milliseconds: 25)
        #expect(known.dialect(of: jid("x@b.example/24"), at: end) != nil)
        #expect(known.dialect(of: jid("x@b.example/0"), at: end) == nil)
    }

    @Test("Notes bring it back after a start")
    func recollects() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo", dialect: "groupchat", creation: .open)
        script.now = script.now + .seconds(1)
        try script.run(.leave(try script.seat(bo), payload: []))
        script.now = script.now + .seconds(1)
        try script.enter(bo, as: "bo")
        try script.run(script.roleCommand(.visitor, to: "bo", by: ada))
        try script.run(.shutDown)
        let notes = script.told.flatMap { Note.notes(of: $0, at: script.now) }
        var room = Room(name: script.room.name)
        room.recollect(notes)
        for address in [ada, bo] {
            #expect(room.acquaintances.dialect(of: address, at: script.now) == DialectID("muc"))
            #expect(room.acquaintances.dialect(of: address, at: script.now + .seconds(86_401)) == nil)
        }
        #expect(room.acquaintances.count == 2)
    }

    @Test("Whoever came and never went was here until the room breaks off (GC-004)")
    func brokenOff() throws {
        let day = Duration.seconds(86_400)
        var script = try RoomScript.open()
        try script.enter(cy, as: "cy")
        script.now = script.now + .seconds(1)
        try script.run(.leave(try script.seat(cy), payload: []))
        try script.enter(bo, as: "bo")
        let entered = script.now
        script.now = entered + day + day
        try script.run(.say(try script.seat(ada), RoomScript.words("still here")))
        let notes = script.told.flatMap { Note.notes(of: $0, at: script.now) }
        var room = Room(name: script.room.name)
        for event in script.told { room.recover(event) }
        room.recollect(notes)
        let known = room.acquaintances
        #expect(known.dialect(of: bo, at: script.now + day) == DialectID("muc"))
        #expect(known.dialect(of: bo, at: script.now + day + .seconds(1)) == nil)
        #expect(known.dialect(of: cy, at: entered + day) == DialectID("muc"))
        #expect(known.dialect(of: cy, at: script.now) == nil)
        var forgetful = Room(name: script.room.name)
        forgetful.recollect(notes)
        #expect(forgetful.acquaintances.dialect(of: bo, at: script.now) == nil)
    }
}
