// The channels among the contacts: how they come onto the roster and leave it (XEP-0405 §2.9).

import OrderedCollections
import Storage
import XMPP

extension Contacts {
    /// The channels in which the account takes part, in an order that stays.
    var channels: some Sequence<(key: JID, value: Channel)> { memberships }

    var hasChannels: Bool { !memberships.isEmpty }

    /// What the account knows of a channel; nil: it takes no part.
    func channel(_ address: JID) -> Channel? { memberships[address] }

    /// Whether one more entry can be taken up.
    func hasRoom(for contact: JID) -> Bool { self[contact] != nil || count < limits.rosterItems }

    /// The account takes part in a channel, or what it knows of that has changed. What its owner has made of the entry
    /// stays: the name, the groups, and that the owner sees the channel's presence.
    ///
    /// - Parameter sharesPresence: presence goes to the channel.
    /// - Throws: `.limit`; nothing is changed then.
    mutating func join(
        _ address: JID, _ channel: Channel, sharesPresence: Bool
    ) throws(StorageFault) -> Outcome {
        var state = subscription(address)
        state.inward = sharesPresence ? .granted : .none
        var outcome = Outcome()
        try take(state, channel: channel, of: address, &outcome)
        return outcome
    }

    /// The account takes part no more.
    ///
    /// - Returns: nil if it did not.
    mutating func leave(_ address: JID) -> Outcome? {
        guard memberships[address] != nil else { return nil }
        var outcome = Outcome()
        strike(address, &outcome)
        return outcome
    }

    /// A client is remembered as one that spoke a draft of MIX in a channel.
    ///
    /// - Returns: what is stored; nothing if it was remembered before.
    mutating func remember(_ client: ClientMark, in address: JID, limit: Int) -> [AccountWrite] {
        guard var channel = memberships[address], !channel.clients.contains(client) else { return [] }
        channel.remember(client, limit: limit)
        var outcome = Outcome()
        // an entry that is there takes no more room
        try? take(subscription(address), channel: channel, of: address, &outcome)
        return outcome.writes
    }

    /// Whether some channel remembers a client by one of these.
    func remembers(_ marks: [ClientMark]) -> Bool {
        memberships.values.contains { $0.isDraft && $0.clients.contains(where: marks.contains) }
    }

    /// The channel that an address belongs to, if the account takes part in it: its own, or that of somebody in it.
    func channel(of address: JID) -> JID? {
        let bare = address.bare
        if memberships[bare] != nil { return bare }
        return ChannelAddress(proxy: bare).flatMap { memberships[$0.channel] == nil ? nil : $0.channel }
    }
}
