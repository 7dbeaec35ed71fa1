// The local parts by which a channel shows its participants: both spellings, there and back.

/// `P#coven` of today and `coven+P` of 0.2.1 are one address (rule X-05). Reading and writing are inverse to each other
/// for every name that a room may have (`Lobby.allows(name:)`).
public enum ProxyName: Sendable {
    /// Characters of a P.
    public static let length = 16

    /// `P#room`, today's spelling (XEP-0403 §3.2).
    public static func encoded(_ id: ParticipantID, in room: String) -> String { "\(id.text)#\(room)" }

    /// `room+P`, that of 0.2.1 (§3.5).
    public static func proxy(_ id: ParticipantID, in room: String) -> String { "\(room)+\(id.text)" }

    /// What a local part names: a room, and perhaps somebody in it.
    public static func split(_ local: String) -> (room: String, participant: ParticipantID?) {
        if let mark = local.firstIndex(of: "#") {
            return (String(local[local.index(after: mark)...]), ParticipantID(String(local[..<mark])))
        }
        guard let mark = local.lastIndex(of: "+") else { return (local, nil) }
        let id = local[local.index(after: mark)...]
        guard isParticipant(id), mark > local.startIndex else { return (local, nil) }
        return (String(local[..<mark]), ParticipantID(String(id)))
    }

    /// Whether a text looks like a P: 16 of `[a-z2-7]`.
    public static func isParticipant(_ text: some StringProtocol) -> Bool {
        text.utf8.count == length
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "2")...UInt8(ascii: "7")).contains($0)
            }
    }
}
