// What holds for everything that is said in a play: listened for in every scenario, on both stages.

package import Host
package import XML
import XMPP

/// Listens to everything that goes over the wire, and says what was wrong when all is quiet.
package protocol Watch: AnyObject {
    /// A client writes a stanza.
    func sent(_ stanza: Element, by name: String)

    /// A stanza reaches a client.
    func delivered(_ stanza: Element, to name: String)

    /// A client is gone, with whatever was under way for it.
    func left(_ name: String)

    /// Everything that was sent has had its effect and has arrived; the rooms are as they are described.
    ///
    /// - Returns: what was wrong since, nil if nothing.
    func settle(_ rooms: [RoomDescription]) -> String?

    /// The play is over.
    ///
    /// - Returns: what should have happened by then and did not, nil if nothing.
    func end() -> String?
}

extension Watch {
    package func sent(_ stanza: Element, by name: String) {}
    package func end() -> String? { nil }
}

/// The address a stanza of a room is from: the room, and the nick of an occupant.
struct RoomSource: Hashable {
    let room: String
    let nick: String?

    /// - Returns: nil where the stanza is not from a room below `domain`.
    init?(_ stanza: Element, of domain: String) {
        guard let from = stanza["from"] else { return nil }
        self.init(address: from, of: domain)
    }

    init?(address: String, of domain: String) {
        let parts = address.split(separator: "/", maxSplits: 1)
        guard let bare = parts.first, bare.hasSuffix("@\(domain)") else { return nil }
        room = String(bare)
        nick = parts.count == 2 ? String(parts[1]) : nil
    }
}

extension Element {
    /// The codes in what a room says of a stanza.
    var statusCodes: [String] {
        children.filter { $0.name == "x" && $0.namespace == NS.mucUser }
            .flatMap { $0.children.filter { $0.name == "status" }.compactMap { $0["code"] } }
    }
}
