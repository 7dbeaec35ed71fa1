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

    @Test(arguments: every) func theRosterKeepsEveryStringAndItsOrder(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        let plain = RosterRecord(jid: "b@x")
        let full = RosterRecord(
            jid: "a@x", name: "Ä", subscription: 3, ask: true, approved: true, groups: ["", "two\u{0}three", "🌻"])
        let channel = RosterRecord(jid: "coven@mix.x", subscription: 2, channel: "p7k2m5x4c3d6q3z5 mix")
        try await answer { fixture.store.write([.roster(plain), .roster(channel), .roster(full)], of: "ann", $0) }
        try await fixture.restart()
        let store = fixture.store
        let roster = try await answer { store.loadAccount(named: "ann", $0) }?.roster
        #expect(roster == Roster(version: 3, items: [full, plain, channel]))
        let renamed = RosterRecord(jid: "b@x", name: "Bo")
        let contact = RosterRecord(jid: "coven@mix.x")
        try await answer { store.write([.roster(renamed), .rosterRemoval("a@x"), .roster(contact)], of: "ann", $0) }
        let changed = try await answer { store.loadAccount(named: "ann", $0) }?.roster
        #expect(changed == Roster(version: 6, items: [renamed, contact]))
    }

    @Test(arguments: every) func subscriptionRequestsWaitOncePerContact(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        let asked = [("c@x", [1]), ("b@x", [2]), ("c@x", [3])] as [(String, [UInt8])]
        let requests = asked.map { SubscriptionRequest(from: $0, stanza: $1) }
        try await answer { fixture.store.write(requests.map { .request($0) }, of: "ann", $0) }
        try await fixture.restart()
        let store = fixture.store
        #expect(try await answer { store.loadAccount(named: "ann", $0) }?.requests == [requests[1], requests[2]])
    }

    @Test(arguments: every) func offlineMessagesWaitInOrder(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        let messages = (1...4).map { AccountWrite.offline(time: $0, stanza: [UInt8($0)]) }
        try await answer { fixture.store.write(messages, of: "ann", $0) }
        try await fixture.restart()
        let store = fixture.store
        let waiting = try await answer { store.offline(of: "ann", $0) }
        #expect(waiting.map(\.stanza) == [[1], [2], [3], [4]])
        let places = waiting.map(\.place)
        #expect(places == places.sorted() && Set(places).count == 4)
        let changes: [AccountWrite] = [.offlineRemoval(through: places[3]), .offline(time: 5, stanza: [5])]
        try await answer { store.write(changes, of: "ann", $0) }
        let next = try await answer { store.offline(of: "ann", $0) }
        #expect(next.map(\.stanza) == [[5]] && next.allSatisfy { $0.place > places[3] })
        #expect(try await answer { store.offline(of: "bob", $0) } == [])
    }

    @Test(arguments: every) func slotsKeepBytesUnderANamespace(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        let changes: [AccountWrite] = [
            .slot("vcard-temp", [1, 2]), .slot("storage:bookmarks", []), .slot("vcard-temp", [3]),
        ]
        try await answer { fixture.store.write(changes, of: "ann", $0) }
        try await fixture.restart()
        let store = fixture.store
        #expect(try await answer { store.slot("vcard-temp", of: "ann", $0) } == [3])
        #expect(try await answer { store.slot("storage:bookmarks", of: "ann", $0) } == [])
        #expect(try await answer { store.slot("none", of: "ann", $0) } == nil)
        #expect(try await answer { store.slot("vcard-temp", of: "bob", $0) } == nil)
    }
}
