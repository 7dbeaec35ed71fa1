// The expat parsers of one loop that no stream needs just now.

/// Keeps parsers for the streams of one loop: between its stanzas a stream has none. Not to be shared by loops.
///
/// Streams whose headers declare the same namespaces can use each other's parsers as they are; any other parser
/// is reset first, and is brought between stanzas by the header of the stream that takes it.
public final class ParserPool {
    /// How many idle parsers are kept.
    public let limit: Int
    private var idle: [TreeParser] = []

    /// - Parameter limit: How many idle parsers are kept; default 64. A parser has about 10 KiB at least.
    public init(limit: Int = 64) {
        self.limit = limit
    }

    /// How many parsers are kept now.
    var count: Int { idle.count }

    /// A parser that stands between stanzas after `header`, or with none, before a stream.
    func take(after header: [UInt8]?, _ limits: XMLLimits) throws(XMLFault) -> TreeParser {
        let parser: TreeParser
        if let header, let found = idle.lastIndex(where: { $0.prime == header }) {
            idle.swapAt(found, idle.count - 1)
            parser = idle.removeLast()
        } else if let other = idle.popLast() {
            other.reset()
            if let header { other.prime(with: header) }
            parser = other
        } else {
            return try TreeParser(after: header, limits)
        }
        parser.tree.limits = limits
        return parser
    }

    /// The same header as a parser here has read, so that streams of equal headers share one array.
    func shared(_ header: [UInt8]) -> [UInt8] {
        idle.last { $0.prime == header }?.prime ?? header
    }

    /// Takes back a parser. One that does not stand between stanzas is reset, a worn one is let go.
    func give(_ parser: TreeParser) {
        guard idle.count < limit, !parser.isWorn else { return }
        if !parser.isBetweenStanzas || parser.prime.isEmpty { parser.reset() }
        idle.append(parser)
    }
}
