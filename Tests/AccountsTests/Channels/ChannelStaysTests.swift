// When an account was in which channel, as a value.

import Storage
import Testing
import XMPP

@testable import Accounts

@Suite struct ChannelStaysTests {
    private let coven = TestServer.address("coven@mix.x")
    private let heath = TestServer.address("heath@mix.x")

    private func stay(_ channel: JID, _ from: UInt64, _ to: UInt64? = nil, as id: String = "p") -> ChannelStay {
        ChannelStay(channel: channel.description, participant: id, from: from, to: to)
    }

    @Test func comingAndGoing() {
        var stays = ChannelStays()
        let first = stays.begin(in: coven, as: "p", at: 3, limit: 9)
        let again = stays.begin(in: coven, as: "p", at: 5, limit: 9)
        #expect(first == [.stay(stay(coven, 3))] && again == [])
        let end = stays.end(in: coven, at: 7)
        let twice = stays.end(in: coven, at: 8)
        #expect(end == [.stay(stay(coven, 3, 7))] && twice == [])
        _ = stays.begin(in: coven, as: "p", at: 9, limit: 9)
        #expect(stays[coven] == [stay(coven, 3, 7), stay(coven, 9)])
        #expect(stays[heath] == [] && stays.channels == [coven])
        #expect(ChannelStays(stays[coven])[coven] == stays[coven])
    }

    /// A room that was destroyed and made again knows the account by another id.
    @Test func anotherRoomOfTheName() {
        var stays = ChannelStays()
        _ = stays.begin(in: coven, as: "p", at: 40, limit: 9)
        let writes = stays.begin(in: coven, as: "q", at: 2, limit: 9)
        #expect(writes == [.stay(stay(coven, 40, 40)), .stay(stay(coven, 2, as: "q"))])
        #expect(stays[coven] == [stay(coven, 2, as: "q"), stay(coven, 40, 40)])
    }

    @Test func theOldestThatAreOverGo() {
        var stays = ChannelStays()
        _ = stays.begin(in: coven, as: "p", at: 1, limit: 2)
        _ = stays.end(in: coven, at: 2)
        _ = stays.begin(in: heath, as: "h", at: 1, limit: 2)
        let writes = stays.begin(in: coven, as: "p", at: 5, limit: 2)
        #expect(writes == [.stayRemoval(channel: "coven@mix.x", from: 1), .stay(stay(coven, 5))])
        let full = stays.begin(in: TestServer.address("moor@mix.x"), as: "m", at: 1, limit: 2)
        #expect(full == [], "those where it is still are kept")
    }
}
