// What a channel of another server says is one row, however many accounts heard it.

import Foundation
import GRDB
import Storage
import Testing

@testable import SQLiteStorage

@Suite struct SaidRowsTests {
    private let folder = TemporaryFolder()
    private let store: SQLiteStorage

    init() async throws {
        store = try SQLiteStorage(in: DataFolder(folder.path))
        for name in ["ann", "bob"] { try await create(name) }
    }

    private func create(_ name: String) async throws {
        try await answer { store.createAccount(.of(name), $0) }
    }

    private func said(_ words: String, _ seq: UInt64 = 1, inChannel: Bool = true) -> ArchivedMessage {
        ArchivedMessage(
            seq: seq, time: 1_000 + Int64(seq), peer: "coven@mix.other", resource: "p", isGroupchat: inChannel,
            stanza: Array(words.utf8))
    }

    private func archive(_ messages: ArchivedMessage..., of name: String) async throws {
        try await answer { store.write(messages.map { .archived($0) }, of: name, $0) }
    }

    private func archived(_ name: String) async throws -> [ArchivedMessage] {
        try await answer { store.archive(AccountArchiveQuery(limit: 9), of: name, $0) }
    }

    /// What is kept of channels, each with its uses, in the order it came.
    private func kept() async throws -> [String] {
        try await store.pool.read { db in
            try Row.fetchAll(db, sql: "SELECT uses, CAST(stanza AS TEXT) FROM said ORDER BY id")
                .map { row in "\(row[0] as Int) \(row[1] as String)" }
        }
    }

    /// How many bytes stand with the messages themselves.
    private func own() async throws -> Int? {
        try await store.pool.read { try Int.fetchOne($0, sql: "SELECT sum(length(stanza)) FROM message") }
    }

    @Test func whatTwoAccountsHeardIsKeptOnce() async throws {
        try await archive(said("hail"), of: "ann")
        try await archive(said("hail"), of: "bob")
        #expect(try await kept() == ["2 hail"])
        #expect(try await own() == 0)
        for name in ["ann", "bob"] { #expect(try await archived(name) == [said("hail")]) }
    }

    @Test func otherBytesAreAnotherRow() async throws {
        try await archive(said("hail"), said("Hail", 2), of: "ann")
        try await archive(said("Hail"), of: "bob")
        #expect(try await kept() == ["1 hail", "2 Hail"])
        #expect(try await archived("ann") == [said("hail"), said("Hail", 2)])
        #expect(try await archived("bob") == [said("Hail")])
    }

    @Test func whatPeopleSayStaysWithTheAccount() async throws {
        for name in ["ann", "bob"] { try await archive(said("hail", inChannel: false), of: name) }
        #expect(try await kept() == [])
        #expect(try await own() == 8)
        #expect(try await archived("bob") == [said("hail", inChannel: false)])
    }

    @Test func itGoesWithTheLastAccountThatHeardIt() async throws {
        try await archive(said("hail"), said("twice", 2), said("twice", 3), of: "ann")
        try await archive(said("hail"), of: "bob")
        #expect(try await kept() == ["2 hail", "2 twice"])
        _ = try await answer { store.deleteAccount(named: "ann", $0) }
        #expect(try await kept() == ["1 hail"])
        #expect(try await archived("bob") == [said("hail")])
        _ = try await answer { store.deleteAccount(named: "bob", $0) }
        #expect(try await kept() == [])
        // The next commit begins after the log has been emptied.
        try await create("cat")
        #expect(try !["", "-wal"].contains { try contains("hail", store.pool.path + $0) })
        try await archive(said("hail"), of: "cat")
        #expect(try await archived("cat") == [said("hail")])
    }

    private func contains(_ text: String, _ path: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return false }
        return try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(text.utf8)) != nil
    }

    @Test func aBatchThatFailsUsesNothing() async throws {
        try await archive(said("hail"), of: "ann")
        await #expect(throws: StorageFault.conflict(.archiveOutOfOrder("bob"))) {
            try await archive(said("hail"), said("never", 2), said("late", 9), of: "bob")
        }
        #expect(try await kept() == ["1 hail"])
        #expect(try await archived("bob") == [])
    }
}
