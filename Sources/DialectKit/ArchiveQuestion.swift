// A permitted question to a room's archive, with what the room said of its reader.

public import Rooms
public import XML
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

    /// Something out of the journal that belongs to the answer.
    public enum Entry: Sendable {
        case message(RecalledMessage)
        /// A notification of a node, with its id and its time.
        case notification(Element, id: String, time: Moment)
    }

    /// Whether what is asked for is what was said; else it is the past of another node.
    public var isOfMessages: Bool {
        reader.node.map { $0 == NS.mixNodeMessages } ?? true
    }

    /// What stored bytes are to the answer; nil where they are nothing to it.
    ///
    /// - Throws: `CodingFault`: nobody can read them.
    public func entry(_ bytes: [UInt8], _ secret: RoomSecret) throws(CodingFault) -> Entry? {
        guard let node = reader.node, !isOfMessages else {
            let message = try EventCoding.recall(bytes)
            return isWanted(message) ? .message(message) : nil
        }
        let event = try EventCoding.decode(bytes)
        guard let stamp = event.stamp, let element = dialect.recall(event, of: node, for: reader) else { return nil }
        return .notification(element, id: secret.archiveID(of: stamp.seq), time: stamp.time)
    }

    /// The result for one entry, for the reader (XEP-0313 §4.2).
    public func result(for entry: Entry) -> Template {
        Template(.message) { writer in
            writer.attribute("from", reader.address.text)
            switch entry {
            case .message(let message):
                writer.archiveResult(message.archiveID, queryID: queryID, at: message.time, in: namespace) { writer in
                    dialect.recall(message, for: reader, into: &writer)
                }
            case .notification(let element, let id, let time):
                writer.archiveResult(id, queryID: queryID, at: time, in: namespace) { $0.element(element) }
            }
        }
    }

    /// The version of XEP-0313 it is asked in.
    public var namespace: String {
        if case .page(let query, _) = kind { query.namespace } else { NS.mam }
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
    /// The node whose past is asked for; nil: what was said.
    public let node: String?
    /// The room as it was when the question came: whose address is whose, and what it shows.
    public let room: Room?

    /// The sender of a request to a room.
    public init(_ room: Room, _ inbound: Inbound, node: String? = nil) {
        self.init(
            RoomAddress(room, inbound.domain), seesAllJIDs: room.permissions.readsAllJIDs(inbound.requester),
            isOpen: room.settings.isOpen, node: node, room: room)
    }

    public init(
        _ address: RoomAddress, seesAllJIDs: Bool, isOpen: Bool, node: String? = nil, room: Room? = nil
    ) {
        self.address = address
        self.seesAllJIDs = seesAllJIDs
        self.isOpen = isOpen
        self.node = node
        self.room = room
    }

    /// The domain under which the reader knows the room.
    public var domain: String { address.text.split(separator: "@", maxSplits: 1).last.map(String.init) ?? "" }

    /// Whether the reader may know who a message is from: what was said while real JIDs were hidden keeps its promise
    /// (law 7, T-20; MUCX-011).
    public func seesJID(of message: RecalledMessage) -> Bool { seesAllJIDs || (isOpen && message.wasOpen) }
}
