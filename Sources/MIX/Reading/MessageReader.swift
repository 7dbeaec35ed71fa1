// Messages to a channel and to its participants' proxy addresses.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands messages (XEP-0369 §7.1.6, XEP-0404 §3.2, XEP-0407 §4; MIX2-192, MIX2-217).
struct MessageReader {
    let speaker: Speaker

    private var inbound: Inbound { speaker.inbound }
    private var room: Room { speaker.room }
    private var stanza: Stanza { inbound.stanza }

    func read() throws(StanzaError) -> Intent {
        if stanza.type == .error { return ReturnReader(speaker: speaker).read() }
        guard room.isThere(for: inbound) else { throw speaker.missing }
        if let target = inbound.proxy { return try privately(to: target) }
        guard inbound.nick == nil else { throw StanzaError(.itemNotFound) }
        if let element = retraction { return try retract(element) }
        guard stanza.type == .groupchat else {
            guard stanza.body != nil else { return .ignore }
            throw StanzaError(.badRequest)
        }
        return try publicly()
    }

    private func publicly() throws(StanzaError) -> Intent {
        guard speaker.isMember else { throw strangers }
        guard !RoomOnlyPayloads.moderates(stanza.payload) else { throw StanzaError(.forbidden) }
        let (seat, commands) = try speaker.place(now: speaker.pinned(to: .v021))
        var words = Utterance(publicly: inbound)
        words.sender = inbound.from
        return .change(commands + [setsSubject ? .setSubject(seat, words) : .say(seat, words)])
    }

    /// A channel that is not for everybody is not there for strangers (rule mix-0.2.1 O-24).
    private var strangers: StanzaError {
        speaker.mayKnow ? StanzaError(.forbidden) : StanzaError(.itemNotFound)
    }

    private var setsSubject: Bool {
        stanza.child("subject", NS.client) != nil && stanza.body == nil && stanza.child("thread", NS.client) == nil
    }

    // MARK: Taking back

    private var retraction: Element? {
        [NS.mixMisc, NS.mix0, NS.retraction].lazy.compactMap { stanza.child("retract", $0) }.first
    }

    private func retract(_ element: Element) throws(StanzaError) -> Intent {
        guard speaker.isMember || room.permissions.rank(of: inbound.requester) >= .admin else { throw strangers }
        guard let id = element["id"], !id.isEmpty else { throw StanzaError(.badRequest) }
        return .retract(Intent.Retraction(archiveID: id, id: stanza.id))
    }

    // MARK: To one

    /// To the account of a participant, or to one of its clients (rule mix-0.2.1 O-21).
    private func privately(to target: ParticipantID) throws(StanzaError) -> Intent {
        guard stanza.type != .groupchat else { throw StanzaError(.badRequest) }
        guard speaker.isMember else { throw strangers }
        guard room.participant(target) != nil else { throw StanzaError(.itemNotFound) }
        if let mask = inbound.nick, room.seat(of: target, masked: mask) == nil { throw StanzaError(.itemNotFound) }
        let (seat, commands) = try speaker.place(now: speaker.grammar)
        var words = Utterance(privately: inbound)
        words.sender = inbound.from
        words.target = inbound.nick
        return .change(commands + [.whisper(seat, to: target, words)])
    }
}

/// Understands errors that come back (rules X-15, T-28, MIXC-517).
struct ReturnReader {
    let speaker: Speaker

    func read() -> Intent {
        let inbound = speaker.inbound
        guard let failure = inbound.stanza.failure else { return .ignore }
        if inbound.proxy != nil, let id = inbound.stanza.id {
            return .change([.giveBack(id: id, from: inbound.from, isInvitation: false, failure)])
        }
        // where clients of this house hear is arranged by their accounts
        guard let seat = inbound.seat, seat.kind == .listener, inbound.isFromElsewhere else { return .ignore }
        // what is only for a while says nothing of where it went
        guard failure.type != .wait else { return .ignore }
        guard inbound.from.isBare else { return .change([.membership(.deafen(inbound.from))]) }
        guard failure.condition == .serviceUnavailable else { return .ignore }
        // of a server that does not fan out, each client is told itself, as far as it is known
        let clients = speaker.room.seating.seats(of: seat.participant).filter { $0.kind == .shadow }
        return .change(
            [.membership(.deafen(inbound.from))]
                + clients.map {
                    .membership(.listen($0.address, dialect: $0.dialect, domain: $0.domain, showsPresence: true))
                })
    }
}

extension Speaker {
    /// Whether it may know that the channel is there: what a service keeps its own things in is none.
    var mayKnow: Bool { room.isThere(for: inbound) && room.name.local != Lobby.ownRoom }

    /// What is said of a channel that is not there: where it went, if that was said at its end (XD-126).
    var missing: StanzaError {
        guard room.state == .absent, let alternate = room.tombstone?.alternate else {
            return StanzaError(.itemNotFound)
        }
        return StanzaError(refusing: .gone(alternate: alternate))
    }
}
