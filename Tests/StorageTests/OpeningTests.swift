// What can stand in the way of opening a store, and what the operator is told.

import Foundation
import GRDB
import Storage
import Testing

@testable import SQLiteStorage

@Suite struct OpeningTests {
    private let folder = TemporaryFolder()
    private var file: String { folder.path + "/" + SQLiteStorage.fileName }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func folderAndFilesAreTheOwnersOnly() async throws {
        let data = try DataFolder(folder.path)
        let store = try SQLiteStorage(in: data)
        _ = try await answer { store.append(.events(1...1, in: nil), $0) }
        #expect(try mode(folder.path) == 0o700)
        for suffix in ["", "-wal", "-shm"] { #expect(try mode(file + suffix) == 0o600) }
        #expect(try mode(data.file("lock")) == 0o600)
    }

    @Test func aFolderIsHeldByOne() throws {
        var first: DataFolder? = try DataFolder(folder.path)
        #expect(throws: StorageFault.locked(path: folder.path, pid: getpid())) { try DataFolder(folder.path) }
        withExtendedLifetime(first) {}
        first = nil
        _ = try DataFolder(folder.path)
    }

    @Test func aFileInPlaceOfTheFolderIsRefused() throws {
        try Data().write(to: URL(fileURLWithPath: folder.path))
        #expect(throws: StorageFault.other("\(folder.path) is not a folder")) { try DataFolder(folder.path) }
    }

    @Test(.enabled(if: geteuid() != 0, "root may write everywhere")) func aFolderThatCannotBeWrittenIsNamed() throws {
        try FileManager.default.createDirectory(
            atPath: folder.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o500])
        #expect(throws: StorageFault.readOnly(path: folder.path)) { try DataFolder(folder.path) }
    }

    @Test(arguments: [
        (EACCES, StorageFault.readOnly(path: "p")), (EROFS, .readOnly(path: "p")), (EPERM, .readOnly(path: "p")),
        (ENOSPC, .full), (EDQUOT, .full), (ENOENT, .other("p: No such file or directory")),
    ])
    func errorNumbersOfTheSystem(_ code: Int32, _ fault: StorageFault) {
        #expect(DataFolder.fault(code, "p") == fault)
    }

    @Test func aFileThatIsNoStoreIsCorrupt() throws {
        let data = try DataFolder(folder.path)
        try Data(repeating: 0x41, count: 8_192).write(to: URL(fileURLWithPath: file))
        let fault = #expect(throws: StorageFault.self) { try SQLiteStorage(in: data) }
        guard case .corrupt(let what) = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
        #expect(what.hasPrefix(file))
    }

    @Test func damageIsFoundByCheck() async throws {
        let data = try DataFolder(folder.path)
        var store = try SQLiteStorage(in: data)
        _ = try await answer { store.append(.events(1...2_000, in: nil), $0) }
        try await answer { store.close($0) }
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        // The schema stands at the beginning of the file, the events behind it.
        let events = bytes.count - 60_000..<bytes.count - 20_000
        bytes.replaceSubrange(events, with: Data(repeating: 0xA5, count: events.count))
        try bytes.write(to: URL(fileURLWithPath: file))
        store = try SQLiteStorage(in: data)
        let damages = try? await answer { store.check($0) }
        #expect(damages?.isEmpty != true)
    }

    @Test func aStoreOfANewerVersionIsLeftAlone() async throws {
        let data = try DataFolder(folder.path)
        let store = try SQLiteStorage(in: data)
        try await store.pool.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 future')") }
        try await answer { store.close($0) }
        #expect(throws: StorageFault.newer("schema 99 future")) { try SQLiteStorage(in: data) }
    }

    @Test func anOlderStoreIsBroughtToTodaysSchema() async throws {
        let data = try DataFolder(folder.path)
        let old = try DatabasePool(path: file)
        try Schema.migrator.migrate(old, upTo: "2 accounts")
        _ = try await old.write { try AccountRows.create(.of("ann"), $0) }
        try old.close()
        let store = try SQLiteStorage(in: data)
        #expect(try await answer { store.loadAccount(named: "ann", $0) } == StoredAccount(record: .of("ann")))
    }

    @Test func contactsAndMessagesOfAnOlderStoreAreOfNoChannel() async throws {
        let data = try DataFolder(folder.path)
        let old = try DatabasePool(path: file)
        try Schema.migrator.migrate(old, upTo: "3 archives and nodes of accounts")
        try await old.write { db in
            _ = try AccountRows.create(.of("ann"), db)
            try db.execute(
                sql: """
                    UPDATE account SET roster_version = 1, archive_head = 1, archive_time = 5;
                    INSERT INTO roster VALUES (1, 'b@x', 'Bo', 3, 0, 0, x'');
                    INSERT INTO message (account, seq, time, peer, stanza) VALUES (1, 1, 5, 'b@x', x'07');
                    """)
        }
        try old.close()
        let store = try SQLiteStorage(in: data)
        let ann = try #require(try await answer { store.loadAccount(named: "ann", $0) })
        #expect(ann.roster == Roster(version: 1, items: [RosterRecord(jid: "b@x", name: "Bo", subscription: 3)]))
        #expect(ann.archivedGroupchat == 0)
        let query = AccountArchiveQuery(includesGroupchat: false, limit: 9)
        let message = ArchivedMessage(seq: 1, time: 5, peer: "b@x", stanza: [7])
        #expect(try await answer { store.archive(query, of: "ann", $0) } == [message])
    }

    @Test func whatAnOlderStoreKeptOfChannelsForEachAccountStays() async throws {
        let data = try DataFolder(folder.path)
        let old = try DatabasePool(path: file)
        try Schema.migrator.migrate(old, upTo: "5 rooms that wake")
        try await old.write { db in
            for name in ["ann", "bob"] { _ = try AccountRows.create(.of(name), db) }
            try db.execute(
                sql: """
                    UPDATE account SET archive_head = 1, archive_time = 5, archived_groupchat = 1;
                    INSERT INTO message (account, seq, time, peer, groupchat, stanza)
                    VALUES (1, 1, 5, 'c@mix', 1, x'0708'), (2, 1, 5, 'c@mix', 1, x'0709');
                    """)
        }
        try old.close()
        let store = try SQLiteStorage(in: data)
        let said = ArchivedMessage(seq: 2, time: 6, peer: "c@mix", isGroupchat: true, stanza: [7])
        for name in ["ann", "bob"] { try await answer { store.write([.archived(said)], of: name, $0) } }
        func archived(_ name: String) async throws -> [ArchivedMessage] {
            try await answer { store.archive(AccountArchiveQuery(limit: 9), of: name, $0) }
        }
        let first = ArchivedMessage(seq: 1, time: 5, peer: "c@mix", isGroupchat: true, stanza: [7, 8])
        #expect(try await archived("ann") == [first, said])
        _ = try await answer { store.deleteAccount(named: "ann", $0) }
        #expect(try await archived("bob").map(\.stanza) == [[7, 9], [7]])
        _ = try await answer { store.deleteAccount(named: "bob", $0) }
        let left = try await store.pool.read { db in
            try ["message", "said"].map { try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") }
        }
        #expect(left == [0, 0])
    }

    @Test(arguments: [
        StorageFault.full, .readOnly(path: "p"), .corrupt("c"), .locked(path: "p", pid: 7),
        .locked(path: "p", pid: nil), .newer("n"), .closed, .busy(limit: "b"), .limit("l"), .other("o"),
        .conflict(.roomExists(.garden)), .conflict(.roomMissing(.garden)), .conflict(.eventExists(.garden)),
        .conflict(.accountExists("a")), .conflict(.accountMissing("a")),
        .conflict(.archiveOutOfOrder("a")), .conflict(.nodeMissing(account: "a", node: "n")),
    ])
    func everyFaultSaysWhatIsWrongAndWhatToDo(_ fault: StorageFault) {
        let parts = fault.description.split(separator: ":")
        #expect(parts.count >= 2 && !fault.description.contains("\n"))
    }
}
