// Who holds which nick: one key space for everybody present and every reservation (rule T-05).

public import XMPP

/// The nicks in use, by those present and by those who joined. Two spellings with one RFC 8266 comparison key are one
/// nick (MUC-018).
public struct Nicknames: Sendable, Equatable {
    private(set) var byKey: [String: ParticipantID] = [:]
    private(set) var bySpelling: [String: ParticipantID] = [:]

    /// The participant addressed by exactly this spelling (T-05: addresses match exactly).
    public func holder(of nick: String) -> ParticipantID? { bySpelling[nick] }

    /// Makes of a nick what stands behind the room's address, or says why it cannot be one (MUC-017, MUC-019, T-04).
    /// The spelling stays that of its owner, spaces at the ends included.
    func prepare(_ nick: String, _ limits: RoomLimits) throws(Refusal) -> String {
        guard let address = try? JID(local: nil, domain: "room", resource: nick), let spelling = address.resource else {
            throw .nickMalformed
        }
        guard let shown = Nickname.prepare(spelling), Nickname.key(spelling) != nil,
            spelling.count <= limits.nickCharacters, !Self.looksLikeAddress(shown)
        else { throw .nickUnwanted }
        return spelling
    }

    /// Whether `jid` may take `nick` now: nobody else present has it, nobody else reserved it, nobody's id is spelt so.
    func check(_ nick: String, for jid: JID, in room: Room, _ registry: NickRegistry) throws(Refusal) {
        try check(nick, for: jid, in: room, reservations: room.affiliations)
        if let holder = Nickname.key(nick).flatMap(registry.holder), holder != jid.bare { throw .nickTaken }
    }

    /// Whether an admin may reserve `nick` for `jid` (MUC-278), the reservations being those of a list in the making.
    ///
    /// - Returns: The nick in the form in which it is kept.
    func checkReservation(
        of nick: String, for jid: JID, in room: Room, reservations: Affiliations, _ limits: RoomLimits
    ) throws(Refusal) -> String {
        let spelling = try prepare(nick, limits)
        try check(spelling, for: jid, in: room, reservations: reservations)
        return spelling
    }

    private func check(
        _ nick: String, for jid: JID, in room: Room, reservations: Affiliations
    ) throws(Refusal) {
        guard let key = Nickname.key(nick) else { throw .nickUnwanted }
        if let holder = byKey[key], room.participant(holder)?.jid != jid.bare { throw .nickTaken }
        if let holder = reservations.holder(ofKey: key), holder != jid.bare { throw .nickTaken }
        if room.participant(ParticipantID(nick)) != nil { throw .nickUnwanted }  // T-04: the id of somebody here
    }

    /// The nick kept for somebody, present or not (XEP-0045 §7.12).
    public func reserved(for jid: JID, in room: Room) -> String? { room.affiliations.entries[jid.bare]?.nick }

    /// A name of 40 hexadecimal digits is a `jabber:iq:conference` address of the room (rule T-04).
    private static func looksLikeAddress(_ nick: String) -> Bool {
        nick.utf8.count == 40
            && nick.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (97...102).contains($0) }
    }

    mutating func take(_ nick: String, by id: ParticipantID) {
        bySpelling[nick] = id
        if let key = Nickname.key(nick) { byKey[key] = id }
    }

    mutating func release(_ nick: String, of id: ParticipantID) {
        if bySpelling[nick] == id { bySpelling[nick] = nil }
        if let key = Nickname.key(nick), byKey[key] == id { byKey[key] = nil }
    }

    mutating func clear() { self = Nicknames() }
}
