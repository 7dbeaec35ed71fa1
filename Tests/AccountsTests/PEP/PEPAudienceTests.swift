// Who is asked what it can, who is welcomed, and who hears of a node.

import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct PEPAudienceTests {
    private let romeo = TestServer.address("romeo@x/orchard")
    private let known = Capabilities(hash: "sha-1", node: "urn:a", ver: "known")
    private let unknown = Capabilities(hash: "sha-1", node: "urn:a", ver: "unknown")

    private func hear(
        _ audience: inout PEPAudience, _ capabilities: Capabilities?, from jid: JID? = nil, most: Int = 9,
        type: StanzaType = .available
    ) -> PEPAudience.Step {
        let presence = Stanza.presence(type: type, payload: capabilities.map { [$0.element] } ?? [])
        return audience.heard(presence, from: jid ?? romeo, most: most) { $0 == known ? ["tune"] : nil }
    }

    // IM-202
    @Test func whoComesOnlineIsWelcomedOnce() {
        var audience = PEPAudience()
        #expect(hear(&audience, known) == .welcome)
        #expect(hear(&audience, known) == .nothing)
        #expect(hear(&audience, nil) == .nothing)
        #expect(audience.listeners(to: "tune") == [romeo])
        #expect(hear(&audience, nil, type: .unavailable) == .nothing)
        #expect(audience.isEmpty)
        #expect(hear(&audience, known) == .welcome)
    }

    // IM-202, IM-233
    @Test func whoIsNotKnownIsAskedFirst() {
        var audience = PEPAudience()
        #expect(hear(&audience, unknown) == .ask(unknown))
        #expect(audience.listeners(to: "tune") == [])
        #expect(audience.learned(["mood"], of: romeo) == .welcome)
        #expect(audience.listeners(to: "mood") == [romeo])
        // another word of what it can, later: it is asked, and not welcomed again
        #expect(hear(&audience, known) == .nothing)
        #expect(audience.listeners(to: "mood") == [] && audience.listeners(to: "tune") == [romeo])
        #expect(audience.learned(["mood"], of: TestServer.address("nobody@x/y")) == .nothing)
    }

    @Test func whoHasBeenThereIsNotWelcomed() {
        var audience = PEPAudience()
        let presence = Stanza.presence(payload: [known.element])
        #expect(audience.heard(presence, from: romeo, hasJustCome: false, most: 9) { _ in ["tune"] } == .nothing)
        #expect(audience.listeners(to: "tune") == [romeo])
    }

    @Test func whoSaysNothingHearsNothing() {
        var audience = PEPAudience()
        #expect(hear(&audience, nil) == .nothing)
        #expect(audience.isEmpty)
    }

    @Test func theAudienceIsBounded() {
        var audience = PEPAudience()
        let garden = TestServer.address("romeo@x/garden")
        #expect(hear(&audience, known, most: 1) == .welcome)
        #expect(hear(&audience, known, from: garden, most: 1) == .nothing)
        #expect(audience.listeners(to: "tune") == [romeo])
        // a bare address that goes takes every resource along
        #expect(hear(&audience, known, from: garden, most: 2) == .welcome)
        #expect(hear(&audience, nil, from: romeo.bare, type: .unavailable) == .nothing)
        #expect(audience.isEmpty)
    }
}

@Suite struct CapabilitiesCacheTests {
    private let info = DiscoInfo(
        identities: [DiscoInfo.Identity(category: "client", type: "pc", name: "Exodus 0.9.1")],
        features: [NS.caps, NS.discoInfo, NS.discoItems, "http://jabber.org/protocol/muc"])
    private let exodus = Capabilities(hash: "sha-1", node: "urn:e", ver: "QgayPKawpkPSDYmwT/WM94uAlu0=")

    // IM-233
    @Test func onlyWhatHashesRightIsRemembered() {
        let cache = CapabilitiesCache(most: 9)
        var other = exodus
        other.ver = "SrFo9ar2CCk2EnOH4q4QANeuxLQ="
        var info = info
        #expect(cache.take(info, for: other).interests == [])
        #expect(cache[other] == nil)
        #expect(cache.take(info, for: exodus).interests == [])
        #expect(cache[exodus]?.interests == [] && cache[exodus]?.tongue == nil)
        info.features.append("urn:n+notify")
        #expect(cache.take(info, for: other).interests == ["urn:n"])
        var foreign = exodus
        foreign.hash = "md5"
        #expect(cache.take(info, for: foreign).interests == ["urn:n"])
        #expect(cache[foreign] == nil && cache[other] == nil)
    }

    @Test func theOldestGo() {
        let cache = CapabilitiesCache(most: 2)
        let kinds = ["a", "b", "c"].map { Capabilities(hash: "sha-1", node: $0, ver: exodus.ver) }
        for kind in kinds { _ = cache.take(info, for: kind) }
        #expect(kinds.map { cache[$0] != nil } == [false, true, true])
    }
}
