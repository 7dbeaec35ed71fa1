// What those who joined mean for the house: clients that listen, accounts that are told, places elsewhere.

import DequeModule
import DialectKit
import Rooms
import XMPP

extension RoomLoop {
    /// A client of an account of this server listens from now on.
    func listen(_ listener: ListeningClient, _ domain: String, on shard: isolated Shard) {
        let cause = Cause(port: listener.port, dialect: nil, domain: domain, isOrder: true)
        // what is not spoken under this domain is told as the account joined
        let isSpoken = service.tables[domain]?[listener.dialect] != nil
        let dialect = isSpoken ? nil : state.room.enrolments[jid: listener.address]?.dialect
        carryOut(
            .membership(
                .listen(
                    listener.address, dialect: dialect ?? listener.dialect, domain: domain,
                    showsPresence: listener.showsPresence)), by: cause, on: shard)
    }

    /// Its account has learnt what it speaks.
    func tune(_ address: JID, to dialect: DialectID, on shard: isolated Shard) {
        guard let seat = state.room.seating[address: address], seat.dialect != dialect,
            service.tables[seat.domain]?[dialect] != nil
        else { return }
        let cause = Cause(port: nil, dialect: nil, domain: seat.domain, isOrder: true)
        carryOut(.membership(.pin(address, dialect)), by: cause, on: shard)
    }

    private func farMembers(on shard: isolated Shard) -> [Enrolment] {
        state.room.enrolments.all.filter { !shard.isHome($0.jid) }.sorted { $0.jid < $1.jid }
    }

    /// Members of other servers are told where they are known to hear, before anything that waits for the room is.
    func seatMembers(on shard: isolated Shard) {
        let members = farMembers(on: shard)
        state.farMembers = members.count(where: \.isParticipant)
        mailbox.prepend(
            contentsOf: members.flatMap { member in
                state.room.outposts(of: member).map { post in
                    .command(
                        .membership(
                            .listen(post.address, dialect: post.dialect, domain: member.domain, showsPresence: true)))
                }
            })
    }

    /// The service has started, and nobody is known to be there: they are asked (XEP-0403 §5; MIXC-217, MIXC-218).
    func callMembers(on shard: isolated Shard) {
        for member in farMembers(on: shard) where member.isParticipant && member.preferences.sharesPresence {
            guard let channel = try? JID(local: name.local, domain: member.domain, resource: nil) else { continue }
            outbox.add(.route(Stanza.presence(type: .probe, from: channel, to: member.jid)))
        }
    }

    /// Keeps count of those who are called when the service starts.
    func count(_ event: Event, on shard: isolated Shard) {
        switch event {
        case .membership(.joined(let joining)) where joining.isNew && !shard.isHome(joining.enrolment.jid):
            state.farMembers += 1
        case .membership(.withdrawn(let withdrawal))
        where withdrawal.enrolment.isParticipant && !shard.isHome(withdrawal.enrolment.jid):
            state.farMembers -= 1
        case .lifecycle(.destroyed): state.farMembers = 0
        default: break
        }
    }

    /// Tells accounts of this server what they have to know before anything else is told: what they keep follows from
    /// it, whatever dialect it was done in.
    func announce(_ events: [Event], by cause: Cause?, on shard: isolated Shard) {
        for event in events {
            for notice in notices(of: event, by: cause) where shard.isHome(notice.account) {
                outbox.add(.notify(notice))
            }
            guard name.local == Lobby.ownRoom else { continue }
            if case .governance(.affiliationChanged(let change)) = event, let nick = change.reservedNick {
                outbox.add(.register(change.jid, nick.isEmpty ? nil : nick, service: name.service))
            }
        }
    }

    private func notices(of event: Event, by cause: Cause?) -> [ChannelNotice] {
        switch event {
        case .membership(.joined(let joining)): return notice(joined: joining.enrolment, joining.stamp)
        case .membership(.changed(let change)) where !change.changesSight:
            return notice(joined: change.enrolment, change.stamp)
        case .membership(.withdrawn(let withdrawal)):
            return notice(.left, to: withdrawal.enrolment, at: withdrawal.stamp.seq)
        case .lifecycle(.destroyed(let ending)): return ending.enrolments.flatMap { notice(.left, to: $0) }
        case .membership(.listening(let listening)) where cause?.isOrder != true:
            return notice(speaking: listening.seat)
        case .membership(.retuned(let id, _, let dialect)) where cause?.isOrder != true:
            return state.room.seating[id].map { notice(speaking: $0, in: dialect) } ?? []
        case .attendance(.entered(let arrival)) where arrival.seat.kind == .listener && cause?.isOrder != true:
            return notice(speaking: arrival.seat)
        default: return []
        }
    }

    private func notice(joined enrolment: Enrolment, _ stamp: Stamp) -> [ChannelNotice] {
        notice(
            .joined(
                enrolment.id, dialect: enrolment.dialect, sharesPresence: enrolment.preferences.sharesPresence),
            to: enrolment, at: stamp.seq)
    }

    private func notice(
        _ kind: ChannelNotice.Kind, to enrolment: Enrolment, at seq: UInt64 = 0
    ) -> [ChannelNotice] {
        guard enrolment.isParticipant,
            let channel = try? JID(local: name.local, domain: enrolment.domain, resource: nil)
        else { return [] }
        return [ChannelNotice(kind, of: enrolment.jid, in: channel, at: seq)]
    }

    private func notice(speaking seat: Seat, in dialect: DialectID? = nil) -> [ChannelNotice] {
        let local = name.local == Lobby.ownRoom ? nil : name.local
        guard !seat.address.isBare, let channel = try? JID(local: local, domain: seat.domain, resource: nil)
        else { return [] }
        return [
            ChannelNotice(
                .spoke(resource: seat.address, dialect: dialect ?? seat.dialect), of: seat.address.bare, in: channel)
        ]
    }

    /// A private message for somebody whose account's server delivers it (XEP-0404 §3.2).
    func post(letter event: Event) {
        guard case .conversation(.whispered(let whisper)) = event, let enrolment = state.room.enrolments[whisper.to],
            enrolment.isParticipant,
            let letter = service.tables[enrolment.domain]?[enrolment.dialect]?
                .letter(whisper, to: enrolment, in: state.room)
        else { return }
        outbox.add(.route(letter))
    }
}
