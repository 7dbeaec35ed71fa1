// When an account was in which channel of this server: what of their journals belongs to its archive (rule X-15).

import OrderedCollections
import Storage
import XMPP

/// The stays of one account in channels, whether it is there still or not.
struct ChannelStays: Sendable {
    private var stays: OrderedDictionary<JID, [ChannelStay]> = [:]

    init(_ stored: [ChannelStay] = []) {
        for stay in stored {
            if let channel = try? JID(stay.channel) { stays[channel, default: []].append(stay) }
        }
    }

    /// The channels of which the account heard something.
    var channels: [JID] { Array(stays.keys) }

    /// The stays in a channel, from the first.
    subscript(_ channel: JID) -> [ChannelStay] { stays[channel] ?? [] }

    private var count: Int { stays.values.reduce(0) { $0 + $1.count } }

    /// The account takes part from an event on; it is no news of an account that does already.
    ///
    /// - Parameter limit: how many stays are remembered; of more, the oldest that are over go.
    mutating func begin(
        in channel: JID, as participant: String, at seq: UInt64, limit: Int
    ) -> [AccountWrite] {
        guard !self[channel].contains(where: { $0.to == nil && $0.participant == participant }) else { return [] }
        var writes = end(in: channel, at: seq)
        while count >= max(limit, 1), let oldest = oldestOver { writes += remove(oldest.channel, oldest.from) }
        guard count < limit else { return writes }
        let stay = ChannelStay(channel: channel.description, participant: participant, from: seq)
        put(stay, in: channel)
        return writes + [.stay(stay)]
    }

    /// It takes part up to an event, and no longer.
    mutating func end(in channel: JID, at seq: UInt64) -> [AccountWrite] {
        self[channel].filter { $0.to == nil }.map { open in
            var over = open
            over.to = max(seq, open.from)
            put(over, in: channel)
            return .stay(over)
        }
    }

    private mutating func put(_ stay: ChannelStay, in channel: JID) {
        var all = self[channel].filter { $0.from != stay.from }
        all.append(stay)
        stays[channel] = all.sorted { $0.from < $1.from }
    }

    private var oldestOver: (channel: JID, from: UInt64)? {
        for (channel, all) in stays { if let over = all.first(where: { $0.to != nil }) { return (channel, over.from) } }
        return nil
    }

    private mutating func remove(_ channel: JID, _ from: UInt64) -> [AccountWrite] {
        let rest = self[channel].filter { $0.from != from }
        stays[channel] = rest.isEmpty ? nil : rest
        return [.stayRemoval(channel: channel.description, from: from)]
    }
}
