// A channel as one reader sees it: how it calls the channel, the people in it, and what it may know of them.

import DialectKit
import Rooms
import XMPP

/// The room, a grammar, and a reader's sight: everything on which a rendering depends.
struct ChannelReader: Sendable {
    let room: Room
    let grammar: Grammar
    let domain: String
    /// Whether the reader sees every real address, by its rank.
    let seesAll: Bool
    /// Whether it is the server of an account that reads.
    let isServer: Bool
    /// Whether it reads what was told of people once, and not what is.
    let isOfThePast: Bool

    init(
        _ room: Room, _ grammar: Grammar, domain: String, seesAll: Bool, isServer: Bool = false,
        isOfThePast: Bool = false
    ) {
        self.room = room
        self.grammar = grammar
        self.domain = domain
        self.seesAll = seesAll
        self.isServer = isServer
        self.isOfThePast = isOfThePast
    }

    init(_ room: Room, _ grammar: Grammar, for view: View) {
        self.init(room, grammar, domain: view.domain, seesAll: view.seesJIDs, isServer: view.isServer)
    }

    /// `coven@mix.example`
    var channel: String { "\(room.name.local)@\(domain)" }

    /// The bare address of a participant in this grammar (rule X-05).
    func proxy(_ id: ParticipantID) -> String {
        let local =
            switch grammar.addresses {
            case .encoded: ProxyName.encoded(id, in: room.name.local)
            case .proxied: ProxyName.proxy(id, in: room.name.local)
            }
        return "\(local)@\(domain)"
    }

    /// The address of one of its clients.
    func proxy(_ id: ParticipantID, at client: JID) -> String {
        client.isBare ? proxy(id) : "\(proxy(id))/\(room.secret.mask(of: client))"
    }

    /// Whether the reader may see the real address of a participant (rule X-14).
    func sees(_ id: ParticipantID) -> Bool { seesAll || shows(id) }

    /// Whether everybody may see it, in what is told now. What was told once says of nobody more than it said then
    /// (rule T-20).
    func shows(_ id: ParticipantID) -> Bool { !isOfThePast && room.showsAddress(of: id) }

    /// What stands for a participant as publisher: its proxy, but the real address in 0.0.1 where that may be seen
    /// (rule X-08).
    func publisher(_ id: ParticipantID, _ jid: JID, isShown: Bool? = nil) -> String {
        grammar.prefersRealAddresses && isShown ?? sees(id) ? jid.bare.description : proxy(id)
    }

    /// Who is shown to be available, client by client: nobody in a role that is not broadcast.
    var shown: [(seat: Seat, person: Person)] {
        let seats = room.seating.all.filter(\.isPresent).filter { seat in
            room.participant(seat.participant).map { room.settings.presenceBroadcast.contains($0.role) } ?? false
        }
        return seats.compactMap { seat in room.person(at: seat.id).map { (seat, $0) } }
            + room.onlookers.all.map { ($0.seat, $0.person) }
    }

    /// What names the item of a participant.
    func item(_ id: ParticipantID) -> String { grammar.isDraft ? proxy(id) : id.text }
}
