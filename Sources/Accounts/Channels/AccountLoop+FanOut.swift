// What channels of other servers send to the account, for all its clients that speak MIX (XEP-0405 §2.2, §2.9.2).

import DialectKit
import Host
import XML
import XMPP

extension AccountLoop {
    /// Takes what a channel sends to the account's bare address: kept if it was said there, passed to every client of
    /// MIX, and never refused, never kept for later, never copied (IM-300).
    ///
    /// - Returns: whether it is such a stanza.
    func take(fromChannel envelope: Envelope, on shard: isolated Shard) -> Bool {
        let stanza = envelope.stanza
        guard envelope.to == jid, stanza.kind != .iq, let channel = channelInWhichIs(envelope.from) else {
            return false
        }
        if stanza.kind == .message, !isTraffic(stanza, from: envelope.from, of: channel) { return false }
        guard stanza.type != .error else { return true }
        var passed = stanza
        if stanza.kind == .message {
            passed.removeStanzaIDs(by: [jid])
            if isKept(stanza, shard.house.domains[channel.domain] == nil) {
                passed.payload.append(archive(passed, with: envelope.from, on: shard).element)
            }
        }
        let template = Template(passed)
        for resource in listeners(of: channel) { tell(template, to: resource) }
        return true
    }

    /// The channel an address belongs to, if the account takes part in it or is about to (rule X-16).
    private func channelInWhichIs(_ address: JID) -> JID? {
        if let channel = state.contacts.channel(of: address) { return channel }
        guard !state.requests.isEmpty else { return nil }
        let candidates = [address.bare, ChannelAddress(proxy: address)?.channel].compactMap { $0 }
        return candidates.first { !state.requests.joins(of: $0).isEmpty }
    }

    /// Whether a message is what a channel tells its participants. Private words of somebody in it are delivered like
    /// any others.
    private func isTraffic(_ message: Stanza, from sender: JID, of channel: JID) -> Bool {
        message.type == .groupchat || message.type == .error || sender.bare == channel
            || message.child("event", NS.pubsubEvent) != nil
    }

    /// What is said in a channel of another server is kept here; a channel of this one keeps it itself.
    private func isKept(_ message: Stanza, _ isElsewhere: Bool) -> Bool {
        let content = MessageContent(message)
        return isElsewhere && message.type == .groupchat && content.contains(.lasting)
            && content.isDisjoint(with: [.noStore, .noPermanentStore])
    }

    private func listeners(of channel: JID) -> [Resource] {
        let joining = state.requests.listeners(of: channel)
        return state.resources.filter {
            isConnected($0.port) && ($0.channels[channel] != nil || joining[$0.jid] != nil)
        }
    }

    /// A channel refuses the presence that the account has sent it: the client did not send it there, and hears
    /// nothing. What comes next is sent as if it were the first.
    ///
    /// - Returns: whether it is such an answer.
    func heed(refusal envelope: Envelope) -> Bool {
        guard envelope.stanza.type == .error, let channel = state.contacts.channel(of: envelope.from),
            state[envelope.to]?.channels[channel]?.isShown == true
        else { return false }
        state[envelope.to]?.channels[channel]?.isShown = false
        return true
    }
}
