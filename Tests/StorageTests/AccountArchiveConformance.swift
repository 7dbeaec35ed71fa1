// What every store does with the archives of accounts.

import Storage
import Testing

/// The suite a new implementation has to pass.
@Suite struct AccountArchiveConformance {
    private static let every = Implementation.allCases

    private func message(_ seq: UInt64) -> ArchivedMessage {
        let peer = seq % 3 == 0 ? "room@muc" : "b@x"
        let resource = seq % 2 == 0 ? "even" : nil
        return ArchivedMessage(
            seq: seq, time: 1_000 + Int64(seq) * 10, peer: peer, resource: resource, stanza: Array("m\(seq)".utf8))
    }

    /// Ann with twelve messages, every third with a room; and Bob with one.
    private func fixture(_ kind: Implementation, limits: StorageLimits = .default) async throws -> StoreFixture {
        let fixture = try await StoreFixture.withAnn(kind, limits: limits)
        let store = fixture.store
        try await answer { store.write((1...7).map { .archived(message($0)) }, of: "ann", $0) }
        try await answer { store.createAccount(.of("bob"), $0) }
        try await answer {
            store.write(
                [.archived(ArchivedMessage(seq: 1, time: 5, peer: "room@muc", stanza: []))], of: "bob", $0)
        }
        try await answer { store.write((8...12).map { .archived(message($0)) }, of: "ann", $0) }
        return fixture
    }

    @Test(arguments: every) func pagesOfAnArchive(_ kind: Implementation) async throws {
        var limits = StorageLimits()
        limits.pageRows = 5
        let fixture = try await fixture(kind, limits: limits)
        try await fixture.restart()
        let store = fixture.store
        func page(_ query: AccountArchiveQuery) async throws -> [UInt64] {
            try await answer { store.archive(query, of: "ann", $0) }.map(\.seq)
        }
        #expect(try await page(AccountArchiveQuery(limit: 3)) == [1, 2, 3])
        #expect(try await page(AccountArchiveQuery(limit: 3, newestFirst: true)) == [12, 11, 10])
        #expect(try await page(AccountArchiveQuery(seqs: 4...6, limit: 9)) == [4, 5, 6])
        #expect(try await page(AccountArchiveQuery(limit: 99)) == [1, 2, 3, 4, 5])
        #expect(try await page(AccountArchiveQuery(limit: -1)) == [])
        #expect(try await page(AccountArchiveQuery(peer: "room@muc", limit: 9)) == [3, 6, 9, 12])
        #expect(
            try await page(AccountArchiveQuery(seqs: 0...11, peer: "room@muc", limit: 2, newestFirst: true)) == [9, 6])
        #expect(try await page(AccountArchiveQuery(peer: "room@muc", resource: "even", limit: 9)) == [6, 12])
        #expect(try await page(AccountArchiveQuery(peer: "room@muc", resource: "odd", limit: 9)) == [])
        #expect(try await page(AccountArchiveQuery(seqs: 13...UInt64.max, limit: 9)) == [])
        let whole = try await answer { store.archive(AccountArchiveQuery(seqs: 6...7, limit: 9), of: "ann", $0) }
        #expect(whole == [message(6), message(7)])
        #expect(try await answer { store.archive(AccountArchiveQuery(limit: 9), of: "nobody", $0) } == [])
    }

    @Test(arguments: every) func whatWasSaidInChannelsCanBeLeftOut(_ kind: Implementation) async throws {
        let fixture = try await fixture(kind)
        let said = ArchivedMessage(
            seq: 13, time: 2_000, peer: "coven@mix", resource: "p", isGroupchat: true, stanza: [1])
        let word = ArchivedMessage(seq: 14, time: 2_001, peer: "coven@mix", stanza: [2])
        try await answer { fixture.store.write([.archived(said), .archived(word)], of: "ann", $0) }
        try await fixture.restart()
        let store = fixture.store
        func page(_ query: AccountArchiveQuery) async throws -> [ArchivedMessage] {
            try await answer { store.archive(query, of: "ann", $0) }
        }
        #expect(try await page(AccountArchiveQuery(seqs: 13...14, limit: 9)) == [said, word])
        let newest = AccountArchiveQuery(includesGroupchat: false, limit: 2, newestFirst: true)
        #expect(try await page(newest).map(\.seq) == [14, 12])
        let ofChannel = AccountArchiveQuery(peer: "coven@mix", includesGroupchat: false, limit: 9)
        #expect(try await page(ofChannel) == [word])
        #expect(try await page(AccountArchiveQuery(peer: "coven@mix", resource: "p", limit: 9)) == [said])
        #expect(try await answer { store.loadAccount(named: "ann", $0) }?.archivedGroupchat == 1)
        #expect(try await answer { store.loadAccount(named: "bob", $0) }?.archivedGroupchat == 0)
    }

    @Test(arguments: every) func whatSeveralAccountsHeardEachHas(_ kind: Implementation) async throws {
        let fixture = try await StoreFixture.withAnn(kind)
        try await answer { fixture.store.createAccount(.of("bob"), $0) }
        func heard(_ seq: UInt64, _ stanza: [UInt8], inChannel: Bool) -> ArchivedMessage {
            ArchivedMessage(
                seq: seq, time: 10 + Int64(seq), peer: "coven@mix", isGroupchat: inChannel, stanza: stanza)
        }
        let ofAnn = [
            heard(1, [7], inChannel: true), heard(2, [7], inChannel: false), heard(3, [], inChannel: true),
            heard(4, [7], inChannel: true),
        ]
        let ofBob = [heard(1, [8], inChannel: true), heard(2, [], inChannel: false), heard(3, [7], inChannel: true)]
        try await answer { fixture.store.write(ofAnn.map { .archived($0) }, of: "ann", $0) }
        try await answer { fixture.store.write(ofBob.map { .archived($0) }, of: "bob", $0) }
        try await fixture.restart()
        let store = fixture.store
        func page(_ name: String, newestFirst: Bool = false) async throws -> [ArchivedMessage] {
            let query = AccountArchiveQuery(peer: "coven@mix", limit: 9, newestFirst: newestFirst)
            return try await answer { store.archive(query, of: name, $0) }
        }
        #expect(try await page("ann") == ofAnn)
        #expect(try await page("bob", newestFirst: true) == ofBob.reversed())
        #expect(try await answer { store.deleteAccount(named: "ann", $0) })
        #expect(try await page("ann") == [])
        #expect(try await page("bob") == ofBob)
    }

    @Test(arguments: every) func firstMessageAtATimeAndBothEnds(_ kind: Implementation) async throws {
        let fixture = try await fixture(kind)
        let store = fixture.store
        for (time, expected) in [(0, 1), (1_010, 1), (1_011, 2), (1_119, 12), (1_120, 12), (1_121, nil)]
            as [(Int64, UInt64?)]
        {
            #expect(try await answer { store.firstArchived(of: "ann", notBefore: time, $0) } == expected)
        }
        #expect(try await answer { store.firstArchived(of: "nobody", notBefore: 0, $0) } == nil)
        let bounds = ArchiveBounds(first: .init(seq: 1, time: 1_010), last: .init(seq: 12, time: 1_120))
        #expect(try await answer { store.archivedBounds(of: "ann", $0) } == bounds)
        #expect(try await answer { store.archivedBounds(of: "nobody", $0) } == nil)
    }

    @Test(arguments: every) func onlyTheNextMessageIsArchived(_ kind: Implementation) async throws {
        let fixture = try await fixture(kind)
        let store = fixture.store
        func archive(_ seq: UInt64, _ time: Int64) async throws {
            let message = ArchivedMessage(seq: seq, time: time, peer: "b@x", stanza: [])
            try await answer { store.write([.archived(message)], of: "ann", $0) }
        }
        for (seq, time) in [(12, 2_000), (14, 2_000), (13, 1_120)] as [(UInt64, Int64)] {
            await #expect(throws: StorageFault.conflict(.archiveOutOfOrder("ann"))) { try await archive(seq, time) }
        }
        try await archive(13, 1_121)
        #expect(try await answer { store.loadAccount(named: "ann", $0) }?.archiveHead == 13)
    }
}
