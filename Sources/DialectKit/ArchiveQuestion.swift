// A permitted question to a room's archive, with what the room said of its reader.

public import Rooms
import XML
public import XMPP

/// What somebody asks of a room's archive (XEP-0313).
public struct ArchiveQuestion: Sendable {
    /// What is asked for.
    public enum Kind: Sendable, Equatable {
        /// A page of messages.
        case page(ArchiveQuery, by: Author?)
        /// What the archive holds (XEP-0313 §5).
        case metadata
    }

    /// Whose messages are asked for (`with`; MUCX-020).
    public enum Author: Sendable, Equatable {
        /// Whoever had this nick.
        case nick(String)
        /// A real address, full or bare.
        case jid(JID)
    }

    public let kind: Kind
    public let reader: ArchiveReader
    /// How the reader is told.
    public let dialect: any Dialect

    public init(_ kind: Kind, reader: ArchiveReader, dialect: any Dialect) {
        self.kind = kind
        self.reader = reader
        self.dialect = dialect
    }

    /// The result for one message, for the reader (XEP-0313 §4.2).
    public func result(for message: RecalledMessage) -> Template {
        Template(.message) { writer in
            writer.attribute("from", reader.address.text)
            writer.archiveResult(message.archiveID, queryID: queryID, at: message.time) { writer in
                dialect.recall(message, for: reader, into: &writer)
            }
        }
    }

    private var queryID: String? {
        if case .page(let query, _) = kind { query.queryID } else { nil }
    }

    /// Whether a message is by the author asked for, as far as the reader may know.
    public func isWanted(_ message: RecalledMessage) -> Bool {
        guard case .page(_, let author?) = kind else { return true }
        switch author {
        case .nick(let nick): return message.nick == nick
        case .jid(let jid):
            guard reader.seesJID(of: message), let speaker = try? JID(message.jid) else { return false }
            return jid.resource == nil ? speaker.bare == jid : speaker == jid
        }
    }
}

/// Somebody who reads the archive, as the room was when the question came.
public struct ArchiveReader: Sendable {
    /// The room's address under the domain the reader uses.
    public let address: RoomAddress
    /// The reader moderates: it sees every real JID.
    public let seesAllJIDs: Bool
    /// Everybody sees real JIDs now.
    public let isOpen: Bool

    /// The sender of a request to a room.
    public init(_ room: Room, _ inbound: Inbound) {
        self.init(
            RoomAddress(room, inbound.domain), seesAllJIDs: room.permissions.readsAllJIDs(inbound.requester),
            isOpen: room.settings.isOpen)
    }

    public init(_ address: RoomAddress, seesAllJIDs: Bool, isOpen: Bool) {
        self.address = address
        self.seesAllJIDs = seesAllJIDs
        self.isOpen = isOpen
    }

    /// Whether the reader may know who a message is from: what was said while real JIDs were hidden keeps its promise
    /// (law 7, T-20; MUCX-011).
    public func seesJID(of message: RecalledMessage) -> Bool { seesAllJIDs || (isOpen && message.wasOpen) }
}
