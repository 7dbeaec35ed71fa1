// The addresses an account wants to hear nothing of, and what is done with their stanzas (XEP-0191).

import XMPP

/// The block list of one account.
struct Blocklist: Sendable, Equatable {
    /// The account itself, whose resources are never blocked from one another (XEP-0191 §5).
    let owner: JID
    private(set) var addresses: Set<JID> { didSet { note() } }
    /// Whether people of channels may be among them.
    private var holdsParticipants = false
    /// Rises with every change, so that each has a name.
    private(set) var changes = 0

    init(of owner: JID, _ addresses: Set<JID> = []) {
        self.owner = owner.bare
        self.addresses = addresses
        note()
    }

    private mutating func note() {
        holdsParticipants = addresses.contains { ChannelAddress(proxy: $0) != nil }
    }

    mutating func apply(_ request: Request) {
        changes += 1
        switch request {
        case .block(let more): addresses.formUnion(more)
        case .unblock(let fewer): addresses.subtract(fewer)
        case .unblockAll: addresses = []
        }
    }

    /// Whether nothing may pass between the account and an address: the address itself, its bare form or its domain is
    /// on the list (XEP-0191 §6), or whom it means in a channel.
    func blocks(_ address: JID) -> Bool {
        guard !addresses.isEmpty, address.bare != owner else { return false }
        if addresses.contains(address) || addresses.contains(address.bare) { return true }
        return addresses.contains(address.domainOnly) || blocksParticipant(address)
    }

    /// Whoever blocks a channel means everybody in it; whoever blocks somebody in a channel means them alone, however
    /// their address is written (XEP-0405 §2.12, rule X-05).
    private func blocksParticipant(_ address: JID) -> Bool {
        if let proxy = ChannelAddress(proxy: address) {
            return addresses.contains(proxy.channel) || proxy.proxies.contains(where: addresses.contains)
        }
        guard holdsParticipants, let speaker = ChannelAddress(speaker: address) else { return false }
        return speaker.proxies.contains(where: addresses.contains)
    }

    /// What becomes of a stanza that comes from a blocked address.
    enum Verdict: Sendable, Equatable { case passes, dropped, refused }

    /// Judges what comes in (XEP-0191 §3.3). What a room says is dropped, never answered: an error would look to the
    /// room as if its occupant were gone.
    func verdict(on stanza: Stanza, from sender: JID) -> Verdict {
        guard blocks(sender) else { return .passes }
        switch (stanza.kind, stanza.type) {
        case (.iq, .get), (.iq, .set): return .refused
        case (.message, .chat), (.message, .normal):
            return stanza.isPrivateFromRoom(MessageContent(stanza)) ? .dropped : .refused
        default: return .dropped
        }
    }

    /// What answers a stanza of the account's own to a blocked address (XEP-0191 §3.3).
    static var refusal: StanzaError {
        StanzaError(.notAcceptable, type: .cancel, application: [Self.blocked])
    }
}
