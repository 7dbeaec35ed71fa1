// Proxy addresses: reading and writing are inverse to each other, for every name a room may have (rule X-05).

import Rooms
import Testing
import XMPP

@Suite struct AddressingTests {
    /// Names with everything in them that could be taken for a mark, from one seed.
    private static let names: [String] = {
        var generator = SplitMix(state: 7)
        let letters = Array("abcz27+.-_éß樂+")
        let made = (0..<2_000).map { _ in
            String(
                (0..<Int.random(in: 1...40, using: &generator)).map { _ in
                    letters.randomElement(using: &generator) ?? "a"
                })
        }
        return made + [
            "c++", "a+b", "+", "++", "x+aaaaaaaaaaaaaaa", "x+aaaaaaaaaaaaaaaaa", "x+AAAAAAAAAAAAAAAA",
            "x+0aaaaaaaaaaaaaaa",
        ]
    }()

    private static let id = ParticipantID("p7k2m5x4c3d6q3z5")

    @Test func everyAllowedNameComesBack() throws {
        var allowed = 0
        for name in Self.names where Lobby.allows(name: name) {
            allowed += 1
            for local in [ProxyName.encoded(Self.id, in: name), ProxyName.proxy(Self.id, in: name)] {
                let (room, participant) = ProxyName.split(local)
                #expect(room == name, "\(local)")
                #expect(participant == Self.id, "\(local)")
            }
            #expect(ProxyName.split(name) == (name, nil), "\(name)")
        }
        #expect(allowed > 1_000)
    }

    @Test func namesThatWouldBeTakenForProxiesAreNotAllowed() {
        #expect(!Lobby.allows(name: "a#b"))
        #expect(!Lobby.allows(name: "coven+p7k2m5x4c3d6q3z5"))
        #expect(ProxyName.split("a#b#c") == ("b#c", ParticipantID("a")))
        #expect(ProxyName.split("a+p7k2m5x4c3d6q3z5+p7k2m5x4c3d6q3z5").room == "a+p7k2m5x4c3d6q3z5")
        #expect(ProxyName.split("+p7k2m5x4c3d6q3z5") == ("+p7k2m5x4c3d6q3z5", nil))
    }

    @Test func bothSpellingsAreAddresses() throws {
        for name in ["coven", "c++", "höhle"] {
            for local in [ProxyName.encoded(Self.id, in: name), ProxyName.proxy(Self.id, in: name)] {
                let jid = try JID(local: local, domain: "mix.example", resource: "r1r2r3r4")
                #expect(jid.local == local)
                #expect(try JID(jid.description) == jid)
            }
        }
    }
}

/// Chance from a seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
