// What a session neither lets out nor lets in because its account has blocked an address (XEP-0191 §3.3).

import Host
import XML
import XMPP

extension Session {
    /// Answers a stanza of the client's own to a blocked address.
    func refuse(_ stanza: Stanza, on shard: isolated Shard) {
        guard stanza.isAnswerable else { return }
        hear(stanza.error(Blocklist.refusal), on: shard)
    }

    /// The session of a port, if it is still there.
    static func at(_ port: Port, on shard: isolated Shard) -> Session? { shard.outlet(at: port) as? Session }

    /// Whether the client has shown itself in a room.
    func isIn(_ room: JID) -> Bool { directed[room] != nil }

    /// The account has changed its block list: rooms and others that are now on it see this resource go.
    func take(_ list: Blocklist, on shard: isolated Shard) {
        blocklist = list
        withdraw(.presence(type: .unavailable, from: jid), 0, on: shard) { list.blocks($0) }
    }

    /// Whether a stanza comes from a blocked address. Rooms of this server tell a client without asking its account, so
    /// what they tell is judged here.
    ///
    /// - Parameter bytes: the stanza, or all of it behind the element's name.
    func isDeaf(to bytes: [UInt8]) -> Bool {
        guard !blocklist.addresses.isEmpty else { return false }
        return SenderScanner.sender(in: bytes).map(blocklist.blocks) ?? false
    }

    /// Answers for a stanza that the client does not hear what must be answered.
    func answer(unheard bytes: [UInt8], on shard: isolated Shard) {
        guard let element = try? Element(parsing: bytes, in: NS.client), let stanza = try? Stanza(reading: element),
            let from = stanza.from, blocklist.verdict(on: stanza, from: from) == .refused
        else { return }
        var refusal = stanza.error(StanzaError(.serviceUnavailable))
        refusal.from = jid
        shard.route(refusal)
    }
}

/// Finds out who sent a serialised stanza, without reading the rest of it.
enum SenderScanner {
    /// The address in the `from` of a stanza's start tag; nil if there is none, or none that can be read.
    static func sender(in bytes: [UInt8]) -> JID? {
        var position = 0
        var name = position..<position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: ">"): return nil
            case UInt8(ascii: " "): name = position + 1..<position + 1
            case UInt8(ascii: "="): name = name.lowerBound..<position
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                let start = position + 1
                guard let end = bytes[start...].firstIndex(of: bytes[position]) else { return nil }
                if bytes[name].elementsEqual("from".utf8) { return address(bytes[start..<end]) }
                position = end
            default: break
            }
            position += 1
        }
        return nil
    }

    /// Characters that XML writes as references are read by the parser.
    private static func address(_ bytes: ArraySlice<UInt8>) -> JID? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.utf8.contains(UInt8(ascii: "&")) else { return try? JID(text) }
        return (try? Element(parsing: "<a b='\(text)'/>"))?["b"].flatMap { try? JID($0) }
    }
}
