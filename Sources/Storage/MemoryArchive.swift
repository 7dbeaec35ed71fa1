// The archive of one account as the memory store keeps it.

/// Messages in the order of `seq`, which has no gaps.
struct MemoryArchive: Sendable {
    private(set) var messages: [ArchivedMessage] = []
    /// `seq` and time of the last message there was.
    private(set) var head: UInt64 = 0
    private(set) var time: Int64 = 0
    /// How many messages there were of channels.
    private(set) var groupchat: UInt64 = 0

    /// Adds the next message, or answers false if it is not the next.
    mutating func append(_ message: ArchivedMessage) -> Bool {
        guard message.seq == head + 1, message.time > time else { return false }
        messages.append(message)
        (head, time) = (message.seq, message.time)
        if message.isGroupchat { groupchat += 1 }
        return true
    }

    /// Where the archive begins and ends.
    var bounds: ArchiveBounds? {
        guard let first = messages.first, let last = messages.last else { return nil }
        return ArchiveBounds(
            first: ArchiveBounds.End(seq: first.seq, time: first.time),
            last: ArchiveBounds.End(seq: last.seq, time: last.time))
    }

    /// A page; `limit` has been brought into its bounds.
    func page(_ query: AccountArchiveQuery, limit: Int) -> [ArchivedMessage] {
        let isAsked = { (message: ArchivedMessage) in
            guard query.seqs.contains(message.seq) else { return false }
            guard query.includesGroupchat || !message.isGroupchat else { return false }
            guard let peer = query.peer else { return true }
            return message.peer == peer && (query.resource == nil || message.resource == query.resource)
        }
        return query.newestFirst
            ? Array(messages.reversed().lazy.filter(isAsked).prefix(limit))
            : Array(messages.lazy.filter(isAsked).prefix(limit))
    }
}
