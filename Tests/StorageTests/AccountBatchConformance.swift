// What every store does with the batches of accounts.

import Storage
import Testing

/// The suite a new implementation has to pass.
@Suite struct AccountBatchConformance {
    private static let every = Implementation.allCases

    @Test(arguments: every) func anAccountIsLoadedWithAllItsLoopDecidesOn(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        #expect(try await answer { fixture.store.loadAccount(named: "bob", $0) } == nil)
        let empty = try await answer { fixture.store.loadAccount(named: "ann", $0) }
        #expect(empty == StoredAccount(record: .of("ann")))
        let friend = RosterRecord(jid: "b@x", name: "Bo", subscription: 3, groups: ["G"])
        let request = SubscriptionRequest(from: "c@x", stanza: [1])
        try await answer {
            fixture.store.write(
                [
                    .roster(RosterRecord(jid: "a@x")), .roster(friend), .rosterRemoval("a@x"),
                    .rosterRemoval("a@x"), .request(SubscriptionRequest(from: "d@x", stanza: [])), .request(request),
                    .requestRemoval("d@x"), .block("z@x"), .block("é@x"), .block("y@x"), .unblock("z@x"),
                    .block("y@x"), .offline(time: 4, stanza: [1]), .offline(time: 5, stanza: [2]),
                    .slot("vcard-temp", [7]), .secret([9, 9]), .node(NodeRecord(name: "n", configuration: [1])),
                    .archived(ArchivedMessage(seq: 1, time: 50, peer: "b@x", stanza: [8])),
                    .stay(Self.stay("é@x", 3)), .stay(Self.stay("c@x", 9)), .stay(Self.stay("c@x", 2)),
                    .stay(Self.stay("c@x", 2, to: 4)), .stay(Self.stay("d@x", 1)),
                    .stayRemoval(channel: "d@x", from: 1), .stayRemoval(channel: "c@x", from: 1),
                ], of: "ann", $0)
        }
        try await fixture.restart()
        let store = fixture.store
        var expected = StoredAccount(record: .of("ann"))
        expected.roster = Roster(version: 3, items: [friend])
        expected.requests = [request]
        expected.blocked = ["y@x", "é@x"]
        expected.offlineCount = 2
        expected.slots = ["vcard-temp"]
        expected.secret = [9, 9]
        (expected.archiveHead, expected.archiveTime) = (1, 50)
        expected.stays = [Self.stay("c@x", 2, to: 4), Self.stay("c@x", 9), Self.stay("é@x", 3)]
        expected.nodes = [NodeRecord(name: "n", configuration: [1])]
        #expect(try await answer { store.loadAccount(named: "ann", $0) } == expected)
        #expect(try await answer { store.slot("vcard-temp", of: "ann", $0) } == [7])
        let waiting = try await answer { store.offline(of: "ann", $0) }
        #expect(waiting.map(\.stanza) == [[1], [2]] && waiting.map(\.time) == [4, 5])
        let place = try #require(waiting.first?.place)
        try await answer {
            store.write([.offlineRemoval(through: place), .slot("vcard-temp", nil)], of: "ann", $0)
        }
        #expect(try await answer { store.offline(of: "ann", $0) }.map(\.stanza) == [[2]])
        #expect(try await answer { store.slot("vcard-temp", of: "ann", $0) } == nil)
    }

    private static func stay(_ channel: String, _ from: UInt64, to: UInt64? = nil) -> ChannelStay {
        ChannelStay(channel: channel, participant: "p", from: from, to: to)
    }

    @Test(arguments: every) func aBatchIsWrittenWholeOrNotAtAll(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        let store = fixture.store
        try await answer { store.write([.roster(RosterRecord(jid: "a@x"))], of: "ann", $0) }
        let before = try await answer { store.loadAccount(named: "ann", $0) }
        let missing = ItemRecord(node: "n", id: "1", time: 1, payload: [])
        await #expect(throws: StorageFault.conflict(.nodeMissing(account: "ann", node: "n"))) {
            try await answer {
                store.write(
                    [
                        .roster(RosterRecord(jid: "b@x")), .rosterRemoval("a@x"), .block("c@x"), .secret([1]),
                        .offline(time: 1, stanza: [1]), .item(missing, keep: 1),
                    ], of: "ann", $0)
            }
        }
        #expect(try await answer { store.loadAccount(named: "ann", $0) } == before)
        await #expect(throws: StorageFault.conflict(.accountMissing("bob"))) {
            try await answer { store.write([.block("c@x")], of: "bob", $0) }
        }
        try await answer { store.write([], of: "ann", $0) }
    }

    @Test(arguments: every) func aFaultyBatchLeavesThoseBesideItAlone(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        let store = fixture.store
        let log = Log<Bool>()
        let faulty = ArchivedMessage(seq: 9, time: 9, peer: "b@x", stanza: [])
        for number in 0..<60 {
            let batch: [AccountWrite] = [.block("\(number)@x")] + (number % 3 == 1 ? [.archived(faulty)] : [])
            store.write(batch, of: "ann") { log.add((try? $0.get()) != nil) }
        }
        try await answer { store.write([], of: "ann", $0) }
        #expect(log.entries == (0..<60).map { $0 % 3 != 1 })
        #expect(try await answer { store.loadAccount(named: "ann", $0) }?.blocked.count == 40)
    }

    /// Under a limit of one of everything: what reaches the limit, what replaces it, what is one too many.
    private static let limited: [(name: String, first: AccountWrite, again: AccountWrite, second: AccountWrite)] = [
        (
            "rosterItems", .roster(RosterRecord(jid: "a")), .roster(RosterRecord(jid: "a", name: "A")),
            .roster(RosterRecord(jid: "b"))
        ),
        (
            "subscriptionRequests", .request(SubscriptionRequest(from: "a", stanza: [])),
            .request(SubscriptionRequest(from: "a", stanza: [1])), .request(SubscriptionRequest(from: "b", stanza: []))
        ),
        ("blockedAddresses", .block("a"), .block("a"), .block("b")),
        ("slots", .slot("a", []), .slot("a", [1]), .slot("b", [])),
        (
            "nodes", .node(NodeRecord(name: "a", configuration: [])), .node(NodeRecord(name: "a", configuration: [1])),
            .node(NodeRecord(name: "b", configuration: []))
        ),
        ("offlineMessages", .offline(time: 1, stanza: []), .unblock("a"), .offline(time: 2, stanza: [])),
        ("channelStays", .stay(stay("a", 1)), .stay(stay("a", 1, to: 2)), .stay(stay("a", 2))),
    ]

    @Test(arguments: every, 0..<7) func pastALimitNothingIsStoredAndItIsNamed(
        _ kind: Implementation, _ index: Int
    ) async throws {
        var limits = StorageLimits()
        (limits.rosterItems, limits.subscriptionRequests, limits.blockedAddresses) = (1, 1, 1)
        (limits.slots, limits.nodes, limits.offlineMessages, limits.channelStays) = (1, 1, 1, 1)
        let fixture = try await StoreFixture.withAnn(kind, limits: limits)
        let store = fixture.store
        let (name, first, again, second) = Self.limited[index]
        try await answer { store.write([first, again], of: "ann", $0) }
        let before = try await answer { store.loadAccount(named: "ann", $0) }
        await #expect(throws: StorageFault.limit(name)) {
            try await answer { store.write([.secret([1]), second], of: "ann", $0) }
        }
        await #expect(throws: StorageFault.limit(name)) {
            try await answer { store.write([second], of: "ann", $0) }
        }
        #expect(try await answer { store.loadAccount(named: "ann", $0) } == before)
    }

    @Test(arguments: every) func aDeletedAccountLeavesNothingToTheNextOfItsName(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        let store = fixture.store
        try await answer {
            store.write(
                [
                    .block("a@x"), .secret([1]), .node(NodeRecord(name: "n", configuration: [])),
                    .item(ItemRecord(node: "n", id: "1", time: 1, payload: [1]), keep: 9),
                    .archived(ArchivedMessage(seq: 1, time: 1, peer: "a@x", stanza: [])),
                    .stay(Self.stay("c@x", 1)),
                ], of: "ann", $0)
        }
        _ = try await answer { store.deleteAccount(named: "ann", $0) }
        #expect(try await answer { store.items(.newest(9), node: "n", of: "ann", $0) } == [])
        try await answer { store.createAccount(.of("ann"), $0) }
        #expect(try await answer { store.loadAccount(named: "ann", $0) } == StoredAccount(record: .of("ann")))
        #expect(try await answer { store.archivedBounds(of: "ann", $0) } == nil)
        try await answer { store.write([.node(NodeRecord(name: "n", configuration: []))], of: "ann", $0) }
        #expect(try await answer { store.items(.newest(9), node: "n", of: "ann", $0) } == [])
    }
}
