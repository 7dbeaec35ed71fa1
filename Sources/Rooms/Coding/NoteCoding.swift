// Notes as bytes: what stands beside the time and the bare JID in a note's row.

public import XMPP

extension Note {
    /// The version that is written; every version ever written stays readable.
    public static let version: UInt8 = 1

    /// Everything but the time and the bare JID, for which a row has its own columns.
    public var encoded: [UInt8] {
        var writer = ByteWriter(capacity: 64)
        writer.byte(Self.version)
        writer.byte(kind.rawValue)
        writer.optional(address.resource) { $0.text($1) }
        writer.optional(dialect?.text) { $0.text($1) }
        writer.text(nick)
        writer.text(cause)
        return writer.bytes
    }

    /// The note behind a row.
    ///
    /// - Throws: `CodingFault`, whatever the bytes are.
    public init(time: Moment, jid: JID, encoded: [UInt8]) throws(CodingFault) {
        var reader = ByteReader(encoded)
        try reader.version(Self.version)
        let number = try reader.byte()
        guard let kind = Kind(rawValue: number) else { throw .unknownKind(number) }
        let resource = try reader.optionalText()
        let dialect = try reader.optionalText()
        let nick = try reader.text()
        let cause = try reader.text()
        try reader.end()
        var address = jid.bare
        if let resource {
            do throws(JIDFault) { address = try address.with(resource: resource) } catch { throw .malformed("address") }
        }
        self.init(
            time: time, address: address, dialect: dialect.map(DialectID.init), nick: nick, kind: kind, cause: cause)
    }
}
