// Members of other servers are told where they hear, whether or not the room was in memory meanwhile.

import ScenarioKit
import Testing
import XML
import XMPP

@testable import Host

@Suite struct FarMembersTests {
    /// What went to other servers: to whom, with what words.
    private struct Sent: Sendable, Equatable {
        let to: String
        let words: String

        init(_ to: JID, _ words: String) { (self.to, self.words) = (to.description, words) }
    }

    private let sent = Box<[Sent]>()
    private let broom = Guest.address("witch@elsewhere.example/broom")
    private let king = Guest.address("king@elsewhere.example")
    private let channel = Guest.address("coven@\(TestHouse.channels)")

    private func house() -> TestHouse {
        let sent = sent
        return TestHouse { envelope, _ in
            guard let words = envelope.stanza.body else { return }
            sent.set((sent.value ?? []) + [Sent(envelope.to, words)])
        }
    }

    private func send(_ stanza: Stanza, from address: JID, in house: TestHouse) {
        var stanza = stanza
        stanza.from = address
        let envelope = Envelope(stanza, from: address, to: channel)
        house.on(0) { $0.route(envelope) }
    }

    private func join(_ address: JID, as nick: String, in house: TestHouse) {
        let join = Element("join", NS.mixCore) {
            Element("subscribe", NS.mixCore, ["node": NS.mixNodeMessages])
            Element("nick", NS.mixCore) { nick }
        }
        send(.iq(type: .set, id: "j", to: channel, payload: [join]), from: address, in: house)
    }

    /// Ada comes back to the room, which nobody was in, and says something; where it went, in no order.
    private func hear(_ words: String, from ada: Guest, in house: TestHouse) -> [Sent] {
        sent.set([])
        ada.send(Guest.join("coven", "ada"))
        ada.send(Guest.say(words, in: "coven"))
        ada.send(Guest.leave("coven", "ada"))
        #expect(house.room("coven") { room, _ in room.name } == nil, "the room is not in memory")
        return (sent.value ?? []).sorted { $0.to < $1.to }
    }

    @Test("After the room was out of memory, and after a fall, a client is told at its full JID (X-15, MIXC-517)")
    func known() throws {
        var house = house()
        var ada = house.guest("ada")
        ada.send(Guest.join("coven", "ada"))
        join(broom, as: "witch", in: house)
        join(king, as: "king", in: house)
        ada.send(Guest.leave("coven", "ada"))
        #expect(hear("one", from: ada, in: house) == [Sent(king, "one"), Sent(broom, "one")])

        // the king's server turns out to know nothing of channels: his client is told from then on, and remembered
        ada.send(Guest.join("coven", "ada"))
        let desk = try king.with(resource: "desk")
        send(.presence(to: channel), from: desk, in: house)
        let failure = Stanza.message(
            type: .error, id: "x", to: channel, payload: [StanzaError(.serviceUnavailable).element])
        send(failure, from: king, in: house)
        send(.presence(type: .unavailable, to: channel), from: desk, in: house)
        ada.send(Guest.leave("coven", "ada"))
        #expect(hear("two", from: ada, in: house) == [Sent(broom, "two")], "nobody of his is there")

        var chance = SeededGenerator(seed: 3)
        house = house.restarted(dropping: &chance)
        ada = house.guest("ada")
        #expect(hear("three", from: ada, in: house) == [Sent(broom, "three")])
        join(desk, as: "king", in: house)
        #expect(hear("four", from: ada, in: house) == [Sent(desk, "four"), Sent(broom, "four")])
    }
}
