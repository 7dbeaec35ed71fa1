// The nicks registered with a service: one an account, and one holder each.

import Testing
import XMPP

@testable import Rooms

@Suite("Nick registry")
struct NickRegistryTests {
    private func holder(of nick: String, in registry: NickRegistry) -> JID? {
        Nickname.key(nick).flatMap(registry.holder)
    }

    @Test("An account has one nick: a new one takes the place of the old one, which is free again (MIXC-412)")
    func replaces() {
        var registry = NickRegistry()
        registry.set(bo, "Bo")
        #expect(registry[boDesk] == "Bo" && holder(of: "BO", in: registry) == bo.bare)
        registry.set(boDesk, "Robert")
        #expect(registry[bo] == "Robert" && holder(of: "bo", in: registry) == nil)
        registry.set(bo, nil)
        #expect(registry[bo] == nil && holder(of: "robert", in: registry) == nil)
    }

    @Test("It is what the service's own room keeps")
    func ofRoom() throws {
        var script = try RoomScript.channel([.registration: .choice("open")])
        try script.run(.register(nick: "Bo", by: script.requester(bo)))
        try script.give(.outcast, to: cy)
        let registry = NickRegistry(of: script.room)
        #expect(registry[bo] == "Bo" && registry[cy] == nil && registry[ada] == nil)
    }
}
