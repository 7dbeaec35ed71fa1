// What every store of accounts does, whatever it is made of.

import Storage
import Testing

/// The suite a new implementation has to pass.
@Suite struct AccountConformance {
    private static let every = Implementation.allCases

    @Test(arguments: every) func accountsAreCreatedOnceFoundAndDeleted(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        await #expect(throws: StorageFault.conflict(.accountExists("ann"))) {
            try await answer { fixture.store.createAccount(.of("ann", salt: 2), $0) }
        }
        try await fixture.restart()
        let store = fixture.store
        #expect(try await answer { store.account(named: "ann", $0) } == .of("ann"))
        #expect(try await answer { store.account(named: "bob", $0) } == nil)
        #expect(try await answer { store.deleteAccount(named: "ann", $0) })
        #expect(try await answer { store.deleteAccount(named: "ann", $0) } == false)
        #expect(try await answer { store.account(named: "ann", $0) } == nil)
    }

    @Test(arguments: every) func credentialsAreReplaced(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        let new = AccountRecord.of("ann", salt: 8).credentials
        try await answer { fixture.store.setCredentials(new, of: "ann", $0) }
        #expect(try await answer { fixture.store.account(named: "ann", $0) }?.credentials == new)
        await #expect(throws: StorageFault.conflict(.accountMissing("bob"))) {
            try await answer { fixture.store.setCredentials(new, of: "bob", $0) }
        }
    }

    @Test(arguments: every) func manyAreImportedAndListedInPages(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        let store = fixture.store
        let many = ["zoe", "ann", "bob", "Émile", "zoe"].map { AccountRecord.of($0, salt: 5) }
        #expect(try await answer { store.importAccounts(many, $0) } == ["ann", "zoe"])
        #expect(try await answer { store.account(named: "ann", $0) } == .of("ann"))
        #expect(try await answer { store.accountCount($0) } == 4)
        #expect(try await answer { store.accountNames(after: nil, limit: 2, $0) } == ["ann", "bob"])
        #expect(try await answer { store.accountNames(after: "bob", limit: 9, $0) } == ["zoe", "Émile"])
    }

    @Test(arguments: every) func rosterItemsAndVersion(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        let plain = RosterRecord(jid: "b@x")
        let full = RosterRecord(
            jid: "a@x", name: "Ä", subscription: 3, ask: true, approved: true, groups: ["", "two\u{0}three", "🌻"])
        #expect(try await answer { fixture.store.roster(of: "ann", $0) } == Roster(version: 0, items: []))
        #expect(try await answer { fixture.store.setRosterItem(plain, of: "ann", $0) } == 1)
        #expect(try await answer { fixture.store.setRosterItem(full, of: "ann", $0) } == 2)
        try await fixture.restart()
        let store = fixture.store
        #expect(try await answer { store.roster(of: "ann", $0) } == Roster(version: 2, items: [full, plain]))
        let renamed = RosterRecord(jid: "b@x", name: "Bo")
        #expect(try await answer { store.setRosterItem(renamed, of: "ann", $0) } == 3)
        #expect(try await answer { store.removeRosterItem("a@x", of: "ann", $0) } == 4)
        #expect(try await answer { store.removeRosterItem("a@x", of: "ann", $0) } == nil)
        #expect(try await answer { store.roster(of: "ann", $0) } == Roster(version: 4, items: [renamed]))
        #expect(try await answer { store.roster(of: "bob", $0) } == Roster(version: 0, items: []))
        await #expect(throws: StorageFault.conflict(.accountMissing("bob"))) {
            try await answer { store.setRosterItem(plain, of: "bob", $0) }
        }
    }

    @Test(arguments: every) func subscriptionRequestsWaitOncePerContact(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        for (from, stanza) in [("c@x", [1]), ("b@x", [2]), ("c@x", [3])] as [(String, [UInt8])] {
            let request = SubscriptionRequest(from: from, stanza: stanza)
            try await answer { fixture.store.setSubscriptionRequest(request, of: "ann", $0) }
        }
        try await fixture.restart()
        let store = fixture.store
        let waiting = [
            SubscriptionRequest(from: "b@x", stanza: [2]), SubscriptionRequest(from: "c@x", stanza: [3]),
        ]
        #expect(try await answer { store.subscriptionRequests(of: "ann", $0) } == waiting)
        try await answer { store.removeSubscriptionRequest(from: "b@x", of: "ann", $0) }
        try await answer { store.removeSubscriptionRequest(from: "b@x", of: "ann", $0) }
        #expect(try await answer { store.subscriptionRequests(of: "ann", $0) } == [waiting[1]])
    }

    @Test(arguments: every) func offlineMessagesWaitInOrder(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        var places: [Int64] = []
        for number in 1...4 as ClosedRange<UInt8> {
            places.append(
                try await answer { fixture.store.storeOffline([number], time: Int64(number), of: "ann", $0) })
        }
        try await fixture.restart()
        let store = fixture.store
        let waiting = try await answer { store.offline(of: "ann", $0) }
        #expect(waiting.map(\.stanza) == [[1], [2], [3], [4]])
        #expect(waiting.map(\.time) == [1, 2, 3, 4])
        #expect(waiting.map(\.place) == places && places == places.sorted())
        #expect(try await answer { store.removeOffline(of: "ann", through: places[1], $0) } == 2)
        #expect(try await answer { store.takeOffline(of: "ann", $0) }.map(\.stanza) == [[3], [4]])
        #expect(try await answer { store.takeOffline(of: "ann", $0) } == [])
        let next = try await answer { store.storeOffline([5], time: 5, of: "ann", $0) }
        #expect(next > places[3])
    }

    @Test(arguments: every) func slotsKeepBytesUnderANamespace(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        try await answer { fixture.store.setSlot("vcard-temp", to: [1, 2], of: "ann", $0) }
        try await answer { fixture.store.setSlot("storage:bookmarks", to: [], of: "ann", $0) }
        try await answer { fixture.store.setSlot("vcard-temp", to: [3], of: "ann", $0) }
        try await fixture.restart()
        let store = fixture.store
        #expect(try await answer { store.slot("vcard-temp", of: "ann", $0) } == [3])
        #expect(try await answer { store.slot("storage:bookmarks", of: "ann", $0) } == [])
        try await answer { store.setSlot("vcard-temp", to: nil, of: "ann", $0) }
        #expect(try await answer { store.slot("vcard-temp", of: "ann", $0) } == nil)
    }

    @Test(arguments: every) func pastALimitNothingIsStoredAndTheLimitIsNamed(_ kind: Implementation) async throws {
        var limits = StorageLimits()
        (limits.rosterItems, limits.subscriptionRequests, limits.offlineMessages, limits.slots) = (1, 1, 1, 1)
        let fixture = try await StoreFixture.withAnn(kind, limits: limits)
        let store = fixture.store
        for turn in 1...2 {
            // The second turn replaces what is there, which the limit allows.
            _ = try await answer { store.setRosterItem(RosterRecord(jid: "a", name: "\(turn)"), of: "ann", $0) }
            let request = SubscriptionRequest(from: "a", stanza: [UInt8(turn)])
            try await answer { store.setSubscriptionRequest(request, of: "ann", $0) }
            try await answer { store.setSlot("a", to: [UInt8(turn)], of: "ann", $0) }
        }
        _ = try await answer { store.storeOffline([1], time: 1, of: "ann", $0) }
        await #expect(throws: StorageFault.limit("rosterItems")) {
            try await answer { store.setRosterItem(RosterRecord(jid: "b"), of: "ann", $0) }
        }
        await #expect(throws: StorageFault.limit("subscriptionRequests")) {
            try await answer {
                store.setSubscriptionRequest(SubscriptionRequest(from: "b", stanza: []), of: "ann", $0)
            }
        }
        await #expect(throws: StorageFault.limit("offlineMessages")) {
            try await answer { store.storeOffline([2], time: 2, of: "ann", $0) }
        }
        await #expect(throws: StorageFault.limit("slots")) {
            try await answer { store.setSlot("b", to: [1], of: "ann", $0) }
        }
        #expect(try await answer { store.offline(of: "ann", $0) }.map(\.stanza) == [[1]])
        #expect(try await answer { store.roster(of: "ann", $0) }.items.map(\.name) == ["2"])
    }

    @Test(arguments: every) func aDeletedAccountLeavesNothingToTheNextOfItsName(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        let store = fixture.store
        _ = try await answer { store.setRosterItem(RosterRecord(jid: "a"), of: "ann", $0) }
        let request = SubscriptionRequest(from: "a", stanza: [1])
        try await answer { store.setSubscriptionRequest(request, of: "ann", $0) }
        _ = try await answer { store.storeOffline([1], time: 1, of: "ann", $0) }
        try await answer { store.setSlot("a", to: [1], of: "ann", $0) }
        _ = try await answer { store.deleteAccount(named: "ann", $0) }
        try await answer { store.createAccount(.of("ann"), $0) }
        #expect(try await answer { store.roster(of: "ann", $0) } == Roster(version: 0, items: []))
        #expect(try await answer { store.subscriptionRequests(of: "ann", $0) } == [])
        #expect(try await answer { store.offline(of: "ann", $0) } == [])
        #expect(try await answer { store.slot("a", of: "ann", $0) } == nil)
    }
}
