// What a room tells the accounts of its own server about their people in it.

public import Rooms
public import XMPP

/// Somebody of this server joined a channel, left it, or speaks to it from a certain client: told after the commit,
/// before anything else that the same batch tells, whatever dialect it was done in (rule X-15, MIXC-508).
public struct ChannelNotice: Sendable {
    /// What happened.
    public enum Kind: Sendable, Equatable {
        /// It is a participant, or what the account knows of that has changed.
        case joined(ParticipantID, dialect: DialectID, sharesPresence: Bool)
        /// It is none any more: it left, was removed, or the channel is gone.
        case left
        /// A client of it speaks MIX: it wants what the account hears of all its channels.
        case spoke(resource: JID, dialect: DialectID)
    }

    /// The bare JID of the account.
    public let account: JID
    /// The channel under the domain where it was joined.
    public let channel: JID
    public let kind: Kind
    /// The number of the event in the room's journal: what stands behind it the account heard, or heard no more.
    public let seq: UInt64

    public init(_ kind: Kind, of account: JID, in channel: JID, at seq: UInt64 = 0) {
        self.account = account
        self.channel = channel
        self.kind = kind
        self.seq = seq
    }
}

extension Shard {
    /// Hands a notice to whoever looks after the account.
    func notify(_ notice: ChannelNotice) {
        let target = house.shard(of: notice.account)
        let tell = { @Sendable (shard: isolated Shard) in
            shard.resident(.accounts)?.take(notice, on: shard)
            shard.tick()
        }
        if target == index { tell(self) } else { ask(target, tell) }
    }

    /// Whether accounts of this domain are the house's own.
    func isHome(_ jid: JID) -> Bool { house.homes.contains(jid.domain) }
}
