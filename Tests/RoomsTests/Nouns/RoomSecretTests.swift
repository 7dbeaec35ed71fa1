// The ids a room makes: stable, its own, and read back only by itself.

import Testing
import XMPP

@testable import Rooms

@Suite("Room secret")
struct RoomSecretTests {
    private let one = RoomSecret([UInt8](0..<32))
    private let other = RoomSecret([UInt8](1...32))

    @Test("P is 16 characters of the bare JID's code, its own in each room (X-04)")
    func participantID() {
        let id = one.participantID(of: bo)
        // HMAC-SHA-256 and base32 computed independently (Python's hmac and base64).
        #expect(id.text == "dwkbfxqq2zm43rce")
        #expect(one.participantID(of: boDesk) == id && one.participantID(of: bo.bare) == id)
        #expect(one.participantID(of: cy) != id && other.participantID(of: bo) != id)
        let next = one.participantID(of: bo, attempt: 1)
        #expect(next != id && next.text.count == 16)
        #expect((id.text + next.text).allSatisfy { "abcdefghijklmnopqrstuvwxyz234567".contains($0) })
    }

    @Test("A is 26 characters and is read back by its own room only (X-06)")
    func archiveID() {
        for seq: UInt64 in [0, 1, 2, 255, 256, 1 << 40, .max] {
            let id = one.archiveID(of: seq)
            #expect(id.count == 26 && one.seq(of: id) == seq)
            #expect(other.seq(of: id) == nil)
        }
    }

    @Test("Ids of neighbours have nothing in common that tells their order (X-06, MUCX-036)")
    func unpredictable() {
        let ids = (0..<200).map { one.archiveID(of: UInt64($0)) }
        #expect(Set(ids).count == 200)
        #expect(ids != ids.sorted())
        #expect(Set(ids.map { $0.prefix(4) }).count > 150)
    }

    @Test("R is 8 characters of the full JID's code, its own in each room (X-05)")
    func mask() {
        let mask = one.mask(of: bo)
        #expect(mask.count == 8 && mask.allSatisfy { "abcdefghijklmnopqrstuvwxyz234567".contains($0) })
        #expect(one.mask(of: bo) == mask && one.mask(of: boDesk) != mask && other.mask(of: bo) != mask)
        #expect(!one.participantID(of: bo).text.hasPrefix(mask))
    }

    @Test("Foreign ids are rejected, whatever they look like (X-06)")
    func foreign() {
        let id = one.archiveID(of: 7)
        for text in ["", "x", id + "a", String(id.dropLast()), id.uppercased(), String(repeating: "a", count: 26), "é"]
        {
            #expect(one.seq(of: text) == nil)
        }
        var chance = Seeded(5)
        for _ in 0..<2_000 {
            let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &chance) }
            #expect(one.seq(of: Base32.encode(bytes)) == nil)
        }
    }

    @Test("The later of two people with one id gets the next characters (X-04)")
    func collision() throws {
        var room = Room(name: RoomName(service: "main", local: "x"))
        let first = room.secret.participantID(of: bo)
        let person = Person(id: first, jid: cy.bare, nick: "cy", affiliation: .none, role: .participant)
        room.roster.seat(person)
        #expect(room.participantID(of: cy) == room.secret.participantID(of: cy))
        #expect(room.participantID(of: bo) == room.secret.participantID(of: bo, attempt: 1))
    }
}

@Suite("Base32")
struct Base32Tests {
    @Test(
        "The vectors of RFC 4648 §10, in lower case and without padding",
        arguments: [
            ("", ""), ("f", "my"), ("fo", "mzxq"), ("foo", "mzxw6"), ("foob", "mzxw6yq"), ("fooba", "mzxw6ytb"),
            ("foobar", "mzxw6ytboi"),
        ])
    func vectors(_ plain: String, _ coded: String) {
        #expect(Base32.encode(plain.utf8) == coded)
        #expect(Base32.decode(coded) == Array(plain.utf8))
    }

    @Test("Foreign characters, padding and filling bits are refused")
    func foreign() {
        for text in ["MY", "m1", "my======", "mz", "m", "é"] { #expect(Base32.decode(text) == nil) }
    }
}
