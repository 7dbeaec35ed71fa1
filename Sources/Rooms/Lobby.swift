// What stands above single rooms: which names a room may have, who may create one, and what the directory shows.

public import XMPP

/// One service's rules beyond its rooms. Holds no list: it decides from records fetched for it.
public struct Lobby: Sendable {
    /// Who may create rooms (`rooms.create`).
    public enum Creation: String, Sendable, CaseIterable { case anyone, local, admin, nobody }

    public var creation: Creation
    /// The domains whose accounts count as local.
    public var localDomains: Set<String>
    public var operators: Set<JID>

    public init(creation: Creation = .anyone, localDomains: Set<String> = [], operators: Set<JID> = []) {
        self.creation = creation
        self.localDomains = localDomains
        self.operators = operators
    }

    /// Whether `jid` may create a room here (MUC-295).
    public func mayCreate(_ jid: JID) -> Bool {
        if operators.contains(jid.bare) { return true }
        return switch creation {
        case .anyone: true
        case .local: localDomains.contains(jid.domain)
        case .admin, .nobody: false
        }
    }

    /// The room in which a service keeps what is its own: registered nicks, and who hears of new rooms. No address
    /// leads to it, because a local part has no colon (RFC 7622 §3.3.1).
    public static let ownRoom = "service:own"

    /// A name for a room that nobody named.
    public static func madeName(_ bytes: [UInt8]) -> String { Base32.encode(bytes) }

    /// Whether a room may have this name: no `#`, nothing that looks like a proxy address (rules X-02, T-29).
    public static func allows(name: String) -> Bool {
        guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "#")) else { return false }
        let bytes = Array(name.utf8)
        guard bytes.count >= 17, bytes[bytes.count - 17] == UInt8(ascii: "+") else { return true }
        return !bytes.suffix(16).allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "2")...UInt8(ascii: "7")).contains($0)
        }
    }
}
