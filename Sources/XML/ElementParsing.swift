// Reading one element from bytes that are complete.

extension Element {
    /// Reads an element from text, as ``init(parsing:in:limits:pool:)-([UInt8],_,_,_)`` does from bytes.
    public init(
        parsing text: String, in namespace: String = "jabber:client", limits: XMLLimits = .default,
        pool: ParserPool? = nil
    ) throws(XMLFault) {
        try self.init(parsing: Array(text.utf8), in: namespace, limits: limits, pool: pool)
    }

    /// Reads exactly one element; white space may stand around it.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8.
    ///   - namespace: The default namespace in force around the element.
    ///   - limits: What is accepted.
    ///   - pool: Where an expat parser is taken from, to read many elements; nil to make one for this element.
    public init(
        parsing bytes: [UInt8], in namespace: String = "jabber:client", limits: XMLLimits = .default,
        pool: ParserPool? = nil
    ) throws(XMLFault) {
        let parser: TreeParser
        let root = Self.root(in: namespace)
        if let pool {
            parser = try pool.take(after: root, limits)
        } else {
            parser = try TreeParser(after: root, limits)
        }
        defer { pool?.give(parser) }
        var start = 0
        while start < bytes.count, parser.tree.fault == nil, parser.openStanzaBytes <= limits.stanzaBytes {
            let count = min(StreamParser.pieceBytes, bytes.count - start)
            bytes.withUnsafeBytes { parser.parse($0.slice(start, count)) }
            start += count
        }
        let tokens = parser.tree.takeTokens()
        if let fault = parser.tree.fault { throw fault }
        if parser.openStanzaBytes > limits.stanzaBytes { throw .tooLarge(.stanzaBytes) }
        guard parser.isBetweenStanzas, tokens.count == 1, case .stanza(let element) = tokens[0] else {
            throw .notWellFormed
        }
        self = element
    }

    /// A start tag that puts a default namespace in force.
    private static func root(in namespace: String) -> [UInt8] {
        var sink = ByteSink(capacity: 64)
        sink.append("<_ xmlns='")
        namespace.withBytes { sink.append($0, escapedFor: .attribute) }
        sink.append("'>")
        return sink.finish()
    }
}
