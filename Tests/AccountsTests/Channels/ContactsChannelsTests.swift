// Channels on the roster, as a value.

import Storage
import Testing
import XMPP

@testable import Accounts

@Suite struct ContactsChannelsTests {
    private let coven = TestServer.address("coven@mix.x")
    private let channel = Channel("p", dialect: Tongue.current)

    private func empty(_ items: Int = 9) -> Contacts {
        var limits = StorageLimits()
        limits.rosterItems = items
        return Contacts(roster: Roster(version: 0, items: []), requests: [], limits: limits)
    }

    @Test func presenceGoesOneWayOrNot() throws {  // MIXC-311, MIXC-312
        var contacts = empty()
        let joined = try contacts.join(coven, channel, sharesPresence: true)
        let record = RosterRecord(jid: "coven@mix.x", subscription: 2, channel: "p mix")
        #expect(joined == Contacts.Outcome(writes: [.roster(record)], push: .item(record)))
        #expect(contacts.channel(coven) == channel && contacts.isSubscriber(coven))
        #expect(contacts.subscribers == [], "what channels see is arranged for each client")
        let again = try contacts.join(coven, channel, sharesPresence: true)
        #expect(again == Contacts.Outcome())
        let hidden = try contacts.join(coven, channel, sharesPresence: false)
        #expect(hidden.push == .item(RosterRecord(jid: "coven@mix.x", channel: "p mix")))
        #expect(contacts.version == 2)
    }

    @Test func whatTheOwnerMadeOfItStays() throws {  // MIXC-502
        var contacts = empty()
        _ = try contacts.set(coven, name: "Coven", groups: ["Witches"])
        _ = try contacts.join(coven, channel, sharesPresence: true)
        _ = try contacts.sending(.subscribe, to: coven)
        let granted = try contacts.receiving(.subscribed, from: coven, [])
        let both = RosterRecord(
            jid: "coven@mix.x", name: "Coven", subscription: 3, groups: ["Witches"], channel: "p mix")
        #expect(granted.push == .item(both))
        #expect(contacts.watched == [], "nobody probes a channel")
        let approved = try contacts.sending(.subscribed, to: coven)
        #expect(approved == Contacts.Outcome())
        let renamed = try contacts.set(coven, name: nil, groups: [])
        #expect(renamed.push == .item(RosterRecord(jid: "coven@mix.x", subscription: 3, channel: "p mix")))
    }

    @Test func leaving() throws {  // MIXC-314
        var contacts = empty()
        let juliet = TestServer.address("juliet@x")
        _ = try contacts.set(juliet, name: nil, groups: [])
        _ = try contacts.join(coven, channel, sharesPresence: true)
        let left = contacts.leave(coven)
        #expect(left == Contacts.Outcome(writes: [.rosterRemoval("coven@mix.x")], push: .removal(coven)))
        let again = contacts.leave(coven)
        let contact = contacts.leave(juliet)
        #expect(again == nil && contact == nil && !contacts.hasChannels)
    }

    @Test func aFullRosterTakesNoMore() throws {
        var contacts = empty(1)
        _ = try contacts.join(coven, channel, sharesPresence: true)
        let other = TestServer.address("other@mix.x")
        #expect(contacts.hasRoom(for: coven) && !contacts.hasRoom(for: other))
        #expect(throws: StorageFault.limit("rosterItems")) {
            try contacts.join(other, Channel("q", dialect: Tongue.current), sharesPresence: true)
        }
    }

    @Test func clientsAreRemembered() throws {
        var contacts = empty()
        let mark = ClientMark(resource: "old")
        let nowhere = contacts.remember(mark, in: coven, limit: 8)
        #expect(nowhere == [])
        _ = try contacts.join(coven, Channel("p", dialect: Tongue.undetermined), sharesPresence: true)
        #expect(!contacts.remembers([mark]))
        let first = contacts.remember(mark, in: coven, limit: 8)
        let again = contacts.remember(mark, in: coven, limit: 8)
        #expect(first.count == 1 && again == [] && contacts.remembers([ClientMark(version: "x"), mark]))
        _ = try contacts.join(coven, Channel("p", dialect: Tongue.current), sharesPresence: true)
        #expect(!contacts.remembers([mark]), "today's clients say what they are")
    }

    @Test func whereAnAddressBelongs() throws {
        var contacts = empty()
        _ = try contacts.join(coven, channel, sharesPresence: true)
        let texts = [
            "coven@mix.x", "coven@mix.x/p", "p#coven@mix.x/r", "coven+p7k2m5x4c3d6q3z5@mix.x", "p#other@mix.x",
            "coven@mix.y", "mix.x",
        ]
        let found = texts.map { contacts.channel(of: TestServer.address($0)) != nil }
        #expect(found == [true, true, true, true, false, false, false])
        let stored = Contacts(
            roster: Roster(version: 1, items: [RosterRecord(jid: "coven@mix.x", channel: "p mix")]), requests: [])
        #expect(stored.channel(coven) == channel)
    }
}
