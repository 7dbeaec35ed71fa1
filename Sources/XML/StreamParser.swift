// The push parser of one XMPP stream.

/// Turns the bytes of one XMPP stream into its header, stanzas and end. Confined to the loop of its connection.
///
/// Bytes of an unfinished token are held here until the token ends or what is held has doubled, so a peer that
/// sends a large tag byte by byte costs no more than one who sends it whole. With a pool, a stream between
/// stanzas holds no expat parser.
public final class StreamParser {
    private enum Phase {
        case header(HeaderScanner)
        case stanzas
        case closed
        case failed(XMLFault)
    }

    /// Bytes given to the tokenizer at a time, so that what one call makes is bounded; default 64 KiB.
    static let pieceBytes = 65_536

    private let limits: XMLLimits
    private let pool: ParserPool?
    private var phase = Phase.header(HeaderScanner())
    private var parser: TreeParser?
    /// The stream's start tag with its namespace declarations only: what a parser must have read to go on.
    private var prime: [UInt8] = []
    /// Bytes of the header, or of an unfinished token, which the tokenizer has not been given.
    private var held: [UInt8] = []
    /// Follows the token that the tokenizer waits to be finished.
    private var scanner = TokenScanner()
    private var isFeeding = false
    private var restarts = 0
    /// Bytes that expat has had to look at in this stream.
    private(set) var bytesScanned = 0

    /// A parser that expects a stream header.
    ///
    /// - Parameters:
    ///   - limits: What is accepted from the peer.
    ///   - pool: Where expat parsers come from and go, one for each loop; nil to keep one of its own.
    public init(limits: XMLLimits = .default, pool: ParserPool? = nil) {
        self.limits = limits
        self.pool = pool
    }

    /// Reads more bytes of the stream.
    ///
    /// - Parameters:
    ///   - bytes: Any number of bytes, cut anywhere.
    ///   - emit: Called with each complete token in order. It must not call ``feed(_:_:)``; it may call
    ///     ``restart()``, and then the rest of `bytes` is dropped.
    /// - Throws: The fault, after the tokens before it. Every later call throws it again, until a restart.
    public func feed(_ bytes: [UInt8], _ emit: (StreamToken) -> Void) throws(XMLFault) {
        precondition(!isFeeding, "a stream parser is not fed from its own tokens")
        isFeeding = true
        defer { isFeeding = false }
        let restartsBefore = restarts
        do throws(XMLFault) {
            switch phase {
            case .failed(let fault): throw fault
            case .closed: return
            case .stanzas: try readStanzas(bytes, emit)
            case .header(let scanner): try readHeader(bytes, scanner, emit)
            }
        } catch {
            guard restarts == restartsBefore else { return }
            phase = .failed(error)
            drop()
            throw error
        }
    }

    /// Expects a new stream header, as after STARTTLS and SASL (RFC 6120 §4.3.3). Pending bytes are dropped.
    public func restart() {
        restarts += 1
        drop()
        prime = []
        phase = .header(HeaderScanner())
    }

    private func drop() {
        held = []
        if let parser { release(parser) }
    }

    /// Lets go of the parser, to the pool if it can be used again.
    private func release(_ parser: TreeParser) {
        self.parser = nil
        pool?.give(parser)
    }

    // MARK: The header

    private func readHeader(
        _ bytes: [UInt8], _ scanner: HeaderScanner, _ emit: (StreamToken) -> Void
    ) throws(XMLFault) {
        var scanner = scanner
        held += held.isEmpty ? bytes.drop(while: isWhitespace) : bytes[...]
        let length = try scanner.scan(held)
        if (length ?? held.count) > limits.headerBytes { throw .tooLarge(.headerBytes) }
        guard let length else {
            phase = .header(scanner)
            return
        }
        let header = held[..<length]
        let rest = Array(held[length...])
        held = []
        phase = .stanzas
        let parser = try takeParser(after: nil)
        parser.tree.root = .header
        let before = restarts
        try parse(Array(header), parser, emit)
        guard restarts == before, case .stanzas = phase else { return }
        let prime = Self.prime(header, parser.tree.rootDeclarations)
        self.prime = pool?.shared(prime) ?? prime
        parser.becomePrimed(by: self.prime)
        settle(parser)
        if !rest.isEmpty { try readStanzas(rest, emit) }
    }

    /// A start tag with the name and the namespace declarations of a header, and nothing else.
    private static func prime(
        _ header: ArraySlice<UInt8>, _ declarations: [(prefix: String?, namespace: String)]
    ) -> [UInt8] {
        let tag = header.lastIndex(of: UInt8(ascii: "<")) ?? header.startIndex
        let name = header[(tag + 1)...].prefix { byte in
            !isWhitespace(byte) && byte != UInt8(ascii: "/") && byte != UInt8(ascii: ">")
        }
        var sink = ByteSink(capacity: 160)
        sink.append(UInt8(ascii: "<"))
        name.withUnsafeBytes { sink.append($0) }
        for (prefix, namespace) in declarations {
            sink.append(" xmlns")
            if let prefix {
                sink.append(UInt8(ascii: ":"))
                prefix.withBytes { sink.append($0) }
            }
            sink.append("='")
            namespace.withBytes { sink.append($0, escapedFor: .attribute) }
            sink.append(UInt8(ascii: "'"))
        }
        sink.append(UInt8(ascii: ">"))
        return sink.finish()
    }

    // MARK: Stanzas

    private func readStanzas(_ bytes: [UInt8], _ emit: (StreamToken) -> Void) throws(XMLFault) {
        guard let parser else {
            if bytes.allSatisfy(isWhitespace) { return }
            return try parse(bytes, try takeParser(after: prime), emit)
        }
        guard parser.unfinished > 0 else { return try parse(bytes, parser, emit) }
        switch bytes.withUnsafeBytes({ scanner.scan($0) }) {
        case .restricted: throw .restricted
        case .unfinished:
            guard parser.openStanzaBytes + held.count + bytes.count <= limits.stanzaBytes else {
                throw .tooLarge(.stanzaBytes)
            }
            held += bytes
            if held.count < parser.unfinished { return }
            let token = held
            held.removeAll(keepingCapacity: true)
            try parse(token, parser, emit)
        case .ended:
            if held.isEmpty { return try parse(bytes, parser, emit) }
            let token = held + bytes
            held = []
            try parse(token, parser, emit)
        }
    }

    /// Takes a parser that stands after `header`, or before any.
    private func takeParser(after header: [UInt8]?) throws(XMLFault) -> TreeParser {
        let taken: TreeParser
        if let pool {
            taken = try pool.take(after: header, limits)
        } else {
            taken = try TreeParser(after: header, limits)
        }
        parser = taken
        return taken
    }

    /// Gives the tokenizer bytes, piece by piece, and passes on the tokens they complete.
    private func parse(_ bytes: [UInt8], _ parser: TreeParser, _ emit: (StreamToken) -> Void) throws(XMLFault) {
        var start = 0
        while start < bytes.count {
            let count = min(Self.pieceBytes, bytes.count - start)
            let scannedBefore = parser.bytesScanned
            bytes.withUnsafeBytes { parser.parse($0.slice(start, count)) }
            bytesScanned += parser.bytesScanned - scannedBefore
            start += count
            let before = restarts
            for token in parser.tree.takeTokens() where restarts == before { emit(token) }
            if restarts != before { return }
            if let fault = parser.tree.fault { throw fault }
            if parser.tree.isClosed {
                phase = .closed
                return drop()
            }
            if parser.openStanzaBytes > limits.stanzaBytes { throw .tooLarge(.stanzaBytes) }
        }
        try follow(bytes, parser)
        settle(parser)
    }

    /// Looks at the token that is unfinished after `bytes`, to know where it will end.
    private func follow(_ bytes: [UInt8], _ parser: TreeParser) throws(XMLFault) {
        let length = parser.unfinished
        // A token that began in earlier bytes was scanned with them and has only been tried too soon.
        guard length > 0, length <= bytes.count else { return }
        scanner = TokenScanner()
        switch bytes.withUnsafeBytes({ scanner.scan($0, from: bytes.count - length) }) {
        case .restricted: throw .restricted
        case .unfinished: return
        case .ended: if length > 4 { scanner.giveUp() }
        }
    }

    /// Gives the parser back if it stands between stanzas.
    private func settle(_ parser: TreeParser) {
        if parser.isBetweenStanzas, !prime.isEmpty, pool != nil || parser.isWorn { release(parser) }
    }
}
