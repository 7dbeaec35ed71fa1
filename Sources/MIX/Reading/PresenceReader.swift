// Presence to a channel: clients that come, change and go, and what is about subscriptions.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands presence (XEP-0403 §4; MIX2-171, MIX1-097; rule T-22).
struct PresenceReader {
    let speaker: Speaker

    private var inbound: Inbound { speaker.inbound }
    private var room: Room { speaker.room }

    func read() -> Intent {
        guard inbound.proxy == nil else { return toProxy() }
        switch inbound.stanza.type {
        case .available: return available()
        case .unavailable: return unavailable()
        case .subscribe: return answer(speaker.isMember ? .subscribed : .unsubscribed)
        case .error: return ReturnReader(speaker: speaker).read()
        default: return .ignore
        }
    }

    private func available() -> Intent {
        if inbound.stanza.child("x", NS.muc) != nil { return noRoom() }
        guard inbound.nick == nil else { return .ignore }
        guard speaker.isMember else { return glance() }
        guard !inbound.from.isBare else { return refresh() }
        let hint = inbound.speaksItself ? speaker.pinned(to: .v021) : speaker.grammar
        var commands = hint == speaker.grammar ? [] : speaker.pin(to: hint)
        let isHeardFor = room.seating[address: inbound.from.bare]?.kind == .listener
        commands.append(
            .membership(
                .appear(
                    inbound.from, SeatPresence(payload: payload, priority: inbound.stanza.priority),
                    dialect: hint.id, domain: inbound.domain, isHeardFor: isHeardFor)))
        return .change(commands)
    }

    /// Whoever takes no part is passed over, unless the channel shows everybody (T-22, MIXC-384).
    private func glance() -> Intent {
        guard room.isThere(for: inbound), !inbound.from.isBare else { return .ignore }
        let presence = SeatPresence(payload: payload, priority: inbound.stanza.priority)
        return .change([.membership(.look(glance(presence)))])
    }

    private func glance(_ presence: SeatPresence?) -> Command.Glance {
        Command.Glance(
            address: inbound.from, presence: presence, nick: inbound.stanza.child("nick", NS.nick)?.text,
            dialect: speaker.grammar.id, domain: inbound.domain)
    }

    /// A client that is told by itself, because its server passes nothing on, is told while it is there (rule X-15).
    private func unavailable() -> Intent {
        guard speaker.isMember else {
            return room.onlookers[inbound.from] == nil ? .ignore : .change([.membership(.look(glance(nil)))])
        }
        var commands = [Command.membership(.vanish(inbound.from, payload: payload))]
        if inbound.isFromElsewhere, let seat = inbound.seat, seat.kind == .listener, !seat.address.isBare {
            commands.append(.membership(.deafen(seat.address)))
        }
        return .change(commands)
    }

    /// A client of Multi-User Chat wants to enter a room (XEP-0369 §4.3).
    private func noRoom() -> Intent {
        let error = StanzaError(.itemNotFound, text: "There are no rooms here, only channels.")
        return .reply([inbound.stanza.error(error)])
    }

    /// The account asks who is there (XEP-0405 §2.9.3).
    private func refresh() -> Intent {
        let reader = speaker.reader(speaker.grammar)
        guard let member = room.enrolments[jid: inbound.from], member.topics.contains(.presence) else { return .ignore }
        let hole = AddressHole(inbound.from)
        return .reply(PresenceWriter(reader: reader).everybody().compactMap { Stanza($0, to: hole) })
    }

    private var payload: [Element] {
        RoomOnlyPayloads.strip(inbound.stanza.payload, for: inbound).filter {
            !$0.is("nick", NS.nick) && !($0.name == "mix")
        }
    }

    /// Presence of a proxy address is nobody's to have (rule mix-0.2.1 O-21).
    private func toProxy() -> Intent {
        inbound.stanza.type == .subscribe ? answer(.unsubscribed) : .ignore
    }

    private func answer(_ type: StanzaType) -> Intent {
        .reply([
            Stanza.presence(
                type: type, id: inbound.stanza.id, from: inbound.stanza.to, to: inbound.from.bare)
        ])
    }
}
