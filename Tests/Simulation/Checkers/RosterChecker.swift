// At rest everybody's picture of a room is what the room is: who is there, as what, and the subject.

import Rooms
import XMPP

/// Holds pictures against rooms.
enum RosterChecker {
    static let rule = "roster"

    /// - Parameter addresses: the full JID of every client, by name.
    /// - Parameter pictures: of this room, by the names of the clients that are connected.
    static func judge(_ room: Room?, _ name: String, _ addresses: [String: String], _ pictures: [String: Picture])
        -> Violation?
    {
        let seats = Set(room?.seating.all.map(\.address.description) ?? [])
        for (client, picture) in pictures.sorted(by: { $0.key < $1.key }) {
            let sits = seats.contains(addresses[client] ?? "")
            if sits != picture.isInside {
                let what = sits ? "sits in \(name) and does not know it" : "believes that it sits in \(name)"
                return found("\(client) \(what)", client, name)
            }
            guard sits, let room else { continue }
            if let what = differs(picture, room, as: addresses[client] ?? "") {
                return found("\(client) in \(name) \(what)", client, name)
            }
        }
        let known = Set(addresses.filter { pictures[$0.key] != nil }.values)
        guard let ghost = seats.subtracting(known).min() else { return nil }
        return found("\(ghost) sits in \(name) and is not connected", nil, name)
    }

    private static func differs(_ picture: Picture, _ room: Room, as address: String) -> String? {
        let truth = Dictionary(
            room.roster.all.map { participant in
                let affiliation = room.affiliations.affiliation(of: participant.jid).token
                return (participant.nick, Picture.Occupant(affiliation: affiliation, role: participant.role.token))
            }, uniquingKeysWith: { first, _ in first })
        for (nick, occupant) in truth.sorted(by: { $0.key < $1.key }) {
            guard let shown = picture.occupants[nick] else { return "does not know of \(nick)" }
            guard shown == occupant else {
                return "takes \(nick) for \(words(shown)), who is \(words(occupant))"
            }
        }
        if let ghost = Set(picture.occupants.keys).subtracting(truth.keys).min() { return "still sees \(ghost)" }
        let own = (try? JID(address)).flatMap { room.roster[jid: $0] }?.nick
        if picture.nick != own { return "takes itself for \(picture.nick ?? ""), and is \(own ?? "nobody")" }
        guard picture.subject == room.subject.text else {
            return "knows the subject \(picture.subject ?? "(none)"), which is \(room.subject.text)"
        }
        return nil
    }

    private static func words(_ occupant: Picture.Occupant) -> String {
        "\(occupant.affiliation ?? "?")/\(occupant.role ?? "?")"
    }

    private static func found(_ what: String, _ client: String?, _ room: String) -> Violation {
        Violation(rule: rule, what: what, clients: client.map { [$0] } ?? [], room: room)
    }
}
