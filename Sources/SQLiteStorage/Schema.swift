// The tables, as versioned migrations.

import GRDB

/// The schema of the store. A migration that has been released is never changed: add the next one.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 rooms") { try $0.execute(sql: rooms) }
        migrator.registerMigration("2 accounts") { try $0.execute(sql: accounts) }
        migrator.registerMigration("3 archives and nodes of accounts") { try $0.execute(sql: archives) }
        migrator.registerMigration("4 channels of accounts") { try $0.execute(sql: channels) }
        migrator.registerMigration("5 rooms that wake") { try $0.execute(sql: waking) }
        migrator.registerMigration("6 what is said in channels") { try $0.execute(sql: said) }
        return migrator
    }

    /// Numbers of rooms are never given again (AUTOINCREMENT), so a reader that holds an old one finds nothing.
    /// The snapshot stands beside the room: in its row, each batch would read it to write `head`.
    /// `ended` names destroyed rooms whose events and notes are still being deleted, slice by slice.
    private static let rooms = """
        CREATE TABLE room (
            id INTEGER PRIMARY KEY AUTOINCREMENT, service TEXT NOT NULL, name TEXT NOT NULL,
            listed INTEGER NOT NULL, title TEXT NOT NULL, head INTEGER NOT NULL, archived_count INTEGER NOT NULL,
            secret BLOB NOT NULL, UNIQUE (service, name));
        CREATE INDEX room_listed ON room (service, name) WHERE listed;
        CREATE TABLE snapshot (room INTEGER PRIMARY KEY, seq INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE TABLE ended (room INTEGER PRIMARY KEY);
        CREATE TABLE event (
            pos INTEGER PRIMARY KEY, room INTEGER NOT NULL, seq INTEGER NOT NULL, time INTEGER NOT NULL,
            kind INTEGER NOT NULL, archived INTEGER NOT NULL, who TEXT, a TEXT, body BLOB NOT NULL);
        CREATE UNIQUE INDEX event_seq ON event (room, seq);
        CREATE UNIQUE INDEX event_a ON event (room, a) WHERE a IS NOT NULL;
        CREATE TABLE note (
            pos INTEGER PRIMARY KEY, room INTEGER NOT NULL, time INTEGER NOT NULL, who TEXT NOT NULL,
            cause BLOB NOT NULL);
        CREATE INDEX note_room ON note (room);
        """

    private static let accounts = """
        CREATE TABLE account (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, created INTEGER NOT NULL,
            sha1_salt BLOB NOT NULL, sha1_iterations INTEGER NOT NULL, sha1_stored BLOB NOT NULL,
            sha1_server BLOB NOT NULL, sha256_salt BLOB NOT NULL, sha256_iterations INTEGER NOT NULL,
            sha256_stored BLOB NOT NULL, sha256_server BLOB NOT NULL, roster_version INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE roster (
            account INTEGER NOT NULL, jid TEXT NOT NULL, name TEXT, subscription INTEGER NOT NULL,
            ask INTEGER NOT NULL, approved INTEGER NOT NULL, groups BLOB NOT NULL, PRIMARY KEY (account, jid)
        ) WITHOUT ROWID;
        CREATE TABLE request (
            account INTEGER NOT NULL, jid TEXT NOT NULL, stanza BLOB NOT NULL, UNIQUE (account, jid));
        CREATE TABLE offline (
            pos INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL, time INTEGER NOT NULL,
            stanza BLOB NOT NULL);
        CREATE INDEX offline_account ON offline (account);
        CREATE TABLE slot (
            account INTEGER NOT NULL, namespace TEXT NOT NULL, body BLOB NOT NULL, UNIQUE (account, namespace));
        """

    /// `archive_head` and `archive_time` stand with the account: they never fall, whatever is deleted. The second index
    /// carries the resource, so a page of one occupant of a room looks at no row it does not answer.
    private static let archives = """
        ALTER TABLE account ADD COLUMN secret BLOB;
        ALTER TABLE account ADD COLUMN archive_head INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE account ADD COLUMN archive_time INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE blocked (account INTEGER NOT NULL, jid TEXT NOT NULL, PRIMARY KEY (account, jid)) WITHOUT ROWID;
        CREATE TABLE message (
            pos INTEGER PRIMARY KEY, account INTEGER NOT NULL, seq INTEGER NOT NULL, time INTEGER NOT NULL,
            peer TEXT NOT NULL, resource TEXT, stanza BLOB NOT NULL);
        CREATE UNIQUE INDEX message_seq ON message (account, seq);
        CREATE INDEX message_peer ON message (account, peer, seq, resource);
        CREATE TABLE node (
            id INTEGER PRIMARY KEY, account INTEGER NOT NULL, name TEXT NOT NULL, configuration BLOB NOT NULL,
            UNIQUE (account, name));
        CREATE TABLE item (
            pos INTEGER PRIMARY KEY, node INTEGER NOT NULL, id TEXT NOT NULL, publisher TEXT, time INTEGER NOT NULL,
            payload BLOB NOT NULL, UNIQUE (node, id));
        CREATE INDEX item_node ON item (node);
        """

    /// An account keeps its channels among its contacts. `archived_groupchat` counts what of its archive came from
    /// channels, so that the rest is counted without looking.
    private static let channels = """
        ALTER TABLE roster ADD COLUMN channel TEXT;
        ALTER TABLE message ADD COLUMN groupchat INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE account ADD COLUMN archived_groupchat INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE stay (
            account INTEGER NOT NULL, channel TEXT NOT NULL, begins INTEGER NOT NULL, participant TEXT NOT NULL,
            ends INTEGER, PRIMARY KEY (account, channel, begins)) WITHOUT ROWID;
        """

    /// Rooms that have something to do when the service starts.
    private static let waking = """
        ALTER TABLE room ADD COLUMN wakes INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX room_wakes ON room (service, name) WHERE wakes;
        """

    /// A channel of another server says the same to every account that is in it. Those bytes stand in `said`, found by
    /// their SHA-256, and the `message` of each account points there, its own `stanza` empty. `uses` counts these
    /// messages: the triggers see to it whoever writes or deletes one, and a row that none uses goes.
    private static let said = """
        CREATE TABLE said (
            id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, uses INTEGER NOT NULL DEFAULT 0, stanza BLOB NOT NULL);
        ALTER TABLE message ADD COLUMN said INTEGER;
        CREATE TRIGGER message_written AFTER INSERT ON message WHEN NEW.said IS NOT NULL BEGIN
            UPDATE said SET uses = uses + 1 WHERE id = NEW.said;
        END;
        CREATE TRIGGER message_deleted AFTER DELETE ON message WHEN OLD.said IS NOT NULL BEGIN
            UPDATE said SET uses = uses - 1 WHERE id = OLD.said;
            DELETE FROM said WHERE id = OLD.said AND uses = 0;
        END;
        """
}
