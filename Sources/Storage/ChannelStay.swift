// When an account took part in a channel of this server: what was said then is part of its archive.

/// A stay of an account in a channel, by places in the journal of that room.
public struct ChannelStay: Sendable, Hashable {
    /// Bare JID of the channel.
    public var channel: String
    /// The stable id of the account there, which tells the room from a later one of its name.
    public var participant: String
    /// `seq` of the event by which it came: what was said later it heard.
    public var from: UInt64
    /// `seq` of the event by which it went; nil: it is there.
    public var to: UInt64?

    /// A stay from its columns.
    public init(channel: String, participant: String, from: UInt64, to: UInt64? = nil) {
        self.channel = channel
        self.participant = participant
        self.from = from
        self.to = to
    }
}
