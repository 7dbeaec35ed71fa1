// Which dialects a domain speaks, and which of them a stanza is spoken in.

public import Rooms

/// The dialects of one domain, in the order of its configuration.
public struct DialectTable: Sendable {
    public let dialects: [any Dialect]
    /// The requests to a room that some dialect or the kit answers.
    public let handlers: HandlerTable

    public init(_ dialects: [any Dialect]) {
        self.dialects = dialects
        var table = HandlerTable()
        RoomDisco(dialects).register(in: &table)
        ArchiveRequests(dialects).register(in: &table)
        if dialects.contains(where: \.readsArchive) { ModerationRequests().register(in: &table) }
        for dialect in dialects { dialect.register(in: &table) }
        handlers = table
    }

    public subscript(_ id: DialectID) -> (any Dialect)? { dialects.first { $0.id == id } }

    /// Whose tongue a stanza is in: an unmistakable look, else the dialect of the sender's seat, else the likeliest.
    public func reader(of inbound: Inbound, in room: Room) -> (any Dialect)? {
        let claims = dialects.map { ($0, $0.claim(inbound, in: room)) }
        if let sure = claims.first(where: { $0.1 == .surely }) { return sure.0 }
        if let seat = inbound.seat, let own = self[seat.dialect] { return own }
        return claims.first { $0.1 == .perhaps }?.0 ?? dialects.first
    }
}
