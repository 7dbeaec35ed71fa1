// Newcomers are shown the same history after a restart as before it, whatever stands between the messages.

import Rooms
import ScenarioKit
import Testing
import XML
import XMPP

@testable import Host

@Suite struct RecoveredHistoryTests {
    /// The words that somebody new is shown.
    private static func shown(in house: TestHouse, to name: String) -> [String] {
        let newcomer = house.guest(name)
        newcomer.send(Guest.join("coven", name))
        return newcomer.ear.said.filter { !$0.isEmpty }
    }

    @Test(arguments: ["1", "0"]) func isWhatItWas(archiving: String) {  // decision 0015
        var chance = SeededGenerator(seed: 7)
        var limits = HostLimits()
        limits.eventsPerSnapshot = 4
        let house = TestHouse(limits: limits)
        let ada = house.guest("ada")
        ada.send(Guest.join("coven", "ada"))
        ada.send(
            Guest.configure(
                "coven", ["muc#roomconfig_persistentroom": "1", "muc#roomconfig_enablearchiving": archiving]))
        for number in 0..<30 { ada.send(Guest.say("hail \(number)", in: "coven")) }
        for number in 0..<RoomLimits().tailEvents + 20 {
            ada.send(
                Stanza(
                    kind: .message, type: .groupchat, id: "s\(number)", from: nil, to: Guest.room("coven"),
                    payload: [Element("subject", NS.client) { "act \(number)" }]))
        }
        let before = Self.shown(in: house, to: "bo")
        #expect(before == (10..<30).map { "hail \($0)" })
        #expect(Self.shown(in: house.restarted(dropping: &chance), to: "cy") == before)
    }

    @Test func isLookedForSoFarAndNoFurther() {
        var chance = SeededGenerator(seed: 7)
        var limits = HostLimits()
        limits.eventsPerSnapshot = 4
        limits.historyPages = 0
        let house = TestHouse(limits: limits)
        let ada = house.guest("ada")
        ada.send(Guest.join("coven", "ada"))
        ada.send(
            Guest.configure("coven", ["muc#roomconfig_persistentroom": "1", "muc#roomconfig_enablearchiving": "0"]))
        for number in 0..<30 { ada.send(Guest.say("hail \(number)", in: "coven")) }
        #expect(Self.shown(in: house.restarted(dropping: &chance), to: "cy").count < 4)
    }
}
