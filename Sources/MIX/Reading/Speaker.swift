// Who speaks to a channel, and in which grammar it is answered.

import DialectKit
import Rooms
import XMPP

extension Inbound {
    /// It was sent by its sender's own wish: accounts of this server send presence for their clients (rule X-15).
    var speaksItself: Bool { isFromClient || isFromElsewhere }
}

/// The sender of a stanza, as the channel knows it.
struct Speaker {
    let inbound: Inbound
    let room: Room
    let family: MIXDialect.Family

    /// The grammar in which it is told things: that of the place where it listens, else what its client is known to
    /// speak, else that of its account's membership, else today's.
    var grammar: Grammar {
        if let seat = listening, seat.kind != .visit, let grammar = Grammar(seat.dialect) { return grammar }
        if let tongue = inbound.tongue.flatMap({ Grammar($0) }) {
            return family.spoken.contains(tongue) ? tongue : family.draft
        }
        if let member = room.enrolments[jid: inbound.from], let grammar = Grammar(member.dialect) { return grammar }
        return family.spoken.contains(.current) ? .current : family.draft
    }

    /// Where it is told things: its own place, or that of its server, which hears for it.
    private var listening: Seat? {
        inbound.seat.flatMap { $0.listens ? $0 : nil } ?? room.seating[address: inbound.from.bare]
    }

    /// The grammar of a request in this namespace.
    func grammar(of namespace: String) -> Grammar {
        switch namespace {
        case NS.mixCore: return .current
        case NS.mixCore0: return .core0
        case NS.mix0: return grammar.isDraft && family.spoken.contains(grammar) ? grammar : family.draft
        default: return grammar.isDraft ? .current : grammar
        }
    }

    var isParticipant: Bool { room.participant(jid: inbound.from) != nil }

    /// Whether it joined.
    var isMember: Bool { room.enrolments[jid: inbound.from]?.isParticipant == true }

    /// How the sender sees the channel.
    func reader(_ grammar: Grammar) -> ChannelReader {
        ChannelReader(
            room, family.meaning(of: grammar), domain: inbound.domain,
            seesAll: room.permissions.rank(of: inbound.requester) >= .admin)
    }

    /// The place for which it speaks: where it listens, or where its server does. A client of a member that has none
    /// gets one by speaking (rule X-15).
    ///
    /// - Throws: `forbidden`: it takes no part (MIXC-077).
    func place(now grammar: Grammar) throws(StanzaError) -> (seat: SeatID, commands: [Command]) {
        if let seat = inbound.seat { return (seat.id, pin(to: grammar)) }
        guard isMember else { throw StanzaError(.forbidden) }
        if let seat = room.seating[address: inbound.from.bare], isHeardFor { return (seat.id, pin(to: grammar)) }
        let listen = Command.membership(
            .listen(inbound.from, dialect: grammar.id, domain: inbound.domain, showsPresence: true))
        return (room.seating.nextID, [listen])
    }

    /// Whether its account passes on what it hears, as far as anything is known of that (MIXC-517).
    var isHeardFor: Bool {
        room.enrolments[jid: inbound.from].map { room.places(of: $0.id).account == .passesOn } ?? true
    }

    /// It is told things in this grammar from now on.
    func pin(to grammar: Grammar) -> [Command] {
        guard let seat = listening, seat.kind != .visit, seat.dialect != grammar.id else { return [] }
        return [.membership(.pin(inbound.from, grammar.id))]
    }

    /// The grammar from now on of a client that does what only one of the drafts knows (rule X-03). An account of
    /// another server that gives both hints is told both.
    func pinned(to draft: Grammar) -> Grammar {
        let present = grammar
        guard present.isDraft, present != draft, family.spoken.contains(draft) else { return present }
        if present == .undetermined { return draft }
        return inbound.isFromElsewhere && family.spoken.contains(.both) ? .both : present
    }
}
