// One of the archives of which an account's archive is made when channels are asked for.

import Host
import Rooms
import Storage
import XMPP

/// The account's own messages, or what it heard in one channel of this server.
struct ArchiveSource: Sendable {
    /// A place in the whole: by time, then by source, and within one by number.
    struct Spot: Sendable, Comparable {
        let time: Int64
        let source: Int
        let seq: UInt64

        static func < (left: Self, right: Self) -> Bool {
            (left.time, left.source, left.seq) < (right.time, right.source, right.seq)
        }
    }

    enum Kind: Sendable {
        case own(ArchiveKey?)
        case channel(ArchivePermit)
    }

    /// Which of them.
    let number: Int
    /// The name of the account.
    let name: String
    let kind: Kind
    /// The places to look at, rising.
    var segments: [ClosedRange<UInt64>]

    /// The account's own messages.
    init(_ archive: AccountArchive, of name: String, number: Int) {
        self.number = number
        self.name = name
        kind = .own(archive.key)
        segments = archive.head > 0 ? [1...archive.head] : []
    }

    /// What an account heard of a channel while it was there. A stay that the room has seen the end of, and the account
    /// not, tells nothing.
    init(_ permit: ArchivePermit, _ stays: [ChannelStay], of name: String, number: Int) {
        self.number = number
        self.name = name
        kind = .channel(permit)
        segments = stays.compactMap { stay in
            guard stay.participant == permit.participant.text, stay.to != nil || permit.isMember else { return nil }
            let end = min(stay.to ?? permit.head, permit.head)
            return stay.from < end ? stay.from + 1...end : nil
        }
    }

    /// The archive id of a message.
    func id(of seq: UInt64) -> String {
        switch kind {
        case .own(let key): key?.id(of: seq) ?? ""
        case .channel(let permit): permit.id(of: seq)
        }
    }

    /// The place of the message with this id, if it is one of these.
    func seq(of id: String) -> UInt64? {
        let seq: UInt64? =
            switch kind {
            case .own(let key): key?.seq(of: id)
            case .channel(let permit): permit.seq(of: id)
            }
        return seq.flatMap { seq in segments.contains { $0.contains(seq) } ? seq : nil }
    }

    /// Looks at these places only.
    mutating func clip(to range: ClosedRange<UInt64>) {
        segments = segments.compactMap { $0.overlaps(range) ? $0.clamped(to: range) : nil }
    }

    // MARK: Reading

    /// When the message in a place was said; nil: there is none.
    func time(of seq: UInt64, in store: any Store, _ done: @escaping Completion<Int64?>) {
        switch kind {
        case .own:
            store.archive(AccountArchiveQuery(seqs: seq...seq, limit: 1), of: name) { found in
                done(found.map { $0.first?.time })
            }
        case .channel(let permit):
            store.archived(in: permit.room, at: [seq]) { found in done(found.map { $0.first?.time }) }
        }
    }

    /// The first place at a time or later; nil: there is none.
    func first(notBefore time: Int64, in store: any Store, _ done: @escaping Completion<UInt64?>) {
        switch kind {
        case .own: store.firstArchived(of: name, notBefore: time, done)
        case .channel(let permit): store.firstSeq(in: permit.room, notBefore: time, done)
        }
    }

    /// One of the messages.
    struct Message: Sendable {
        enum Content: Sendable {
            case stored(ArchivedMessage)
            case recalled(RecalledMessage, ArchivePermit)
        }

        let spot: Spot
        let id: String
        let content: Content
        let bytes: Int
    }

    /// A stretch of messages, in the direction of reading, and how many rows were looked at; rows that cannot be
    /// understood are passed over.
    func messages(
        at seqs: ClosedRange<UInt64>, limit: Int, newestFirst: Bool, in store: any Store,
        _ done: @escaping Completion<(messages: [Message], last: UInt64?, rows: Int)>
    ) {
        switch kind {
        case .own:
            let query = AccountArchiveQuery(seqs: seqs, limit: limit, newestFirst: newestFirst)
            store.archive(query, of: name) { found in
                done(found.map { rows in (rows.map(message), rows.last?.seq, rows.count) })
            }
        case .channel(let permit):
            let query = EventQuery(room: permit.room, seqs: seqs, limit: limit, newestFirst: newestFirst)
            store.events(query) { found in
                done(found.map { rows in (rows.compactMap { message($0, permit) }, rows.last?.seq, rows.count) })
            }
        }
    }

    private func message(_ row: ArchivedMessage) -> Message {
        Message(
            spot: Spot(time: row.time, source: number, seq: row.seq), id: id(of: row.seq),
            content: .stored(row), bytes: row.stanza.count)
    }

    private func message(_ row: EventRecord, _ permit: ArchivePermit) -> Message? {
        guard let recalled = try? EventCoding.recall(row.body) else { return nil }
        return Message(
            spot: Spot(time: row.time, source: number, seq: row.seq), id: recalled.archiveID,
            content: .recalled(recalled, permit), bytes: row.body.count)
    }
}
