// The addresses of a channel and of those in it (rule X-05).

import Rooms
import XMPP

/// An address read as one of somebody in a channel: `P#coven@mix.example`, `coven+P@mix.example`, and in the `from` of
/// a message `coven@mix.example/P`.
struct ChannelAddress: Sendable, Equatable {
    /// The channel itself.
    let channel: JID
    /// The stable id of whoever is meant.
    let participant: ParticipantID

    /// Reads one of the two proxy forms; nil: it is neither.
    init?(proxy address: JID) {
        guard let local = address.local, case (let room, let participant?) = ProxyName.split(local),
            !room.isEmpty, !participant.text.isEmpty,
            let channel = try? JID(local: room, domain: address.domain, resource: nil)
        else { return nil }
        self.channel = channel
        self.participant = participant
    }

    /// Reads the address from which today's channels send what a participant says; nil: there is no resource.
    init?(speaker address: JID) {
        guard let resource = address.resource else { return nil }
        channel = address.bare
        participant = ParticipantID(resource)
    }

    /// Both proxy forms of the bare address.
    var proxies: [JID] {
        guard let room = channel.local else { return [] }
        return [ProxyName.encoded(participant, in: room), ProxyName.proxy(participant, in: room)].compactMap {
            try? JID(local: $0, domain: channel.domain, resource: nil)
        }
    }
}
