// One expat parser with the buffers of the tree it fills.

import CExpat

/// An expat parser between whose calls tokens are taken. Confined to its owner; made to be used again.
///
/// expat keeps every name it has met until it is reset or freed, and its buffers never shrink, so a parser that
/// has read much is worn and is thrown away at the next opportunity.
final class TreeParser {
    /// Bytes read after which a parser is replaced; default 1 MiB.
    static let wornAfter = 1_048_576
    /// Bytes of an unfinished token in expat's buffer after which a parser is replaced; default 16 KiB.
    static let wornAfterToken = 16_384

    private let handle: OpaquePointer
    var tree = TreeBuilder()
    /// The header that brought this parser between stanzas, where it now is if it is idle.
    private(set) var prime: [UInt8] = []
    /// Bytes given since the last reset: the position of expat's input.
    private(set) var position = 0
    /// Bytes of the token that expat waits to be finished.
    private(set) var unfinished = 0
    /// Bytes that expat had to look at so far, those of unfinished tokens again each time.
    private(set) var bytesScanned = 0
    private var bytesRead = 0
    private var longestToken = 0

    /// Makes a parser that stands between stanzas after `header`, or with none, before a stream.
    ///
    /// - Throws: ``XMLFault/tooLarge(_:)`` if there is no memory for a parser.
    init(after header: [UInt8]? = nil, _ limits: XMLLimits) throws(XMLFault) {
        guard let handle = XML_ParserCreateNS("UTF-8", XML_Char(TreeBuilder.separator)) else {
            throw .tooLarge(.stanzaBytes)
        }
        self.handle = handle
        tree.limits = limits
        setHandlers()
        if let header { prime(with: header) }
    }

    deinit {
        XML_ParserFree(handle)
    }

    /// Whether this parser has read so much that a new one is cheaper to keep.
    var isWorn: Bool { bytesRead > Self.wornAfter || longestToken > Self.wornAfterToken }

    /// Whether nothing but the root is open and nothing is pending.
    var isBetweenStanzas: Bool { tree.depth == 1 && unfinished == 0 && tree.fault == nil }

    /// Bytes so far of the stanza that has begun and not ended.
    var openStanzaBytes: Int { tree.depth > 1 ? position - tree.stanzaStart : unfinished }

    /// Begins a new document.
    func reset() {
        XML_ParserReset(handle, "UTF-8")
        setHandlers()
        tree.reset()
        (prime, position, unfinished) = ([], 0, 0)
    }

    /// Gives the tokenizer more bytes. Tokens and a fault, if any, are then in ``tree``.
    func parse(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress, tree.fault == nil, !tree.isClosed else { return }
        bytesScanned += unfinished + bytes.count
        bytesRead += bytes.count
        position += bytes.count
        let status = XML_Parse(handle, start.assumingMemoryBound(to: CChar.self), Int32(bytes.count), 0)
        if status != XML_STATUS_OK {
            // After the root is closed only junk can follow, which nobody reads.
            if !tree.isClosed { tree.fail(fault(of: XML_GetErrorCode(handle), in: bytes)) }
            return
        }
        let consumed = Int(XML_GetCurrentByteIndex(handle))
        unfinished = consumed < 0 ? 0 : position - consumed
        longestToken = max(longestToken, unfinished)
    }

    /// Brings a fresh parser between stanzas by a header that is known to be good.
    func prime(with header: [UInt8]) {
        tree.root = .priming
        header.withUnsafeBytes { parse($0) }
        prime = header
    }

    /// Remembers the header just read as what brought this parser between stanzas.
    func becomePrimed(by header: [UInt8]) { prime = header }

    private func fault(of code: XML_Error, in bytes: UnsafeRawBufferPointer) -> XMLFault {
        switch code {
        case XML_ERROR_UNBOUND_PREFIX: return .undefinedPrefix
        case XML_ERROR_UNDEFINED_ENTITY, XML_ERROR_RECURSIVE_ENTITY_REF, XML_ERROR_AMPLIFICATION_LIMIT_BREACH:
            return .restricted
        case XML_ERROR_MISPLACED_XML_PI: return .restricted
        case XML_ERROR_UNKNOWN_ENCODING, XML_ERROR_INCORRECT_ENCODING: return .unsupportedEncoding
        case XML_ERROR_NO_MEMORY: return .tooLarge(.stanzaBytes)
        case XML_ERROR_INVALID_TOKEN:
            // A declaration among stanzas is to expat but a wrong character after `<!`.
            let wrong = Int(XML_GetCurrentByteIndex(handle)) - (position - bytes.count)
            let isDeclaration = wrong >= 2 && wrong < bytes.count && bytes.slice(wrong - 2, 2).elementsEqual("<!".utf8)
            return isDeclaration ? .restricted : .notWellFormed
        default: return .notWellFormed
        }
    }

    // MARK: Events

    /// Sets what a reset has cleared. expat holds this object unretained: its parser lives no longer than it.
    private func setHandlers() {
        // SAFETY: nothing that anybody sees depends on it: the salt of expat's hash tables, chosen here so that it is
        // there on every system.
        var random = SystemRandomNumberGenerator()
        XML_SetHashSalt(handle, UInt.random(in: 1...UInt.max, using: &random))
        expat_report_at_once(handle)
        XML_SetUserData(handle, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            handle,
            { data, name, attributes in TreeParser.at(data) { $0.started(name, attributes) } },
            { data, _ in TreeParser.at(data) { $0.ended() } })
        XML_SetCharacterDataHandler(handle) { data, text, count in
            TreeParser.at(data) { $0.read(UnsafeRawBufferPointer(start: text, count: Int(count))) }
        }
        XML_SetStartNamespaceDeclHandler(handle) { data, prefix, namespace in
            TreeParser.at(data) { $0.declared(prefix, namespace) }
        }
        XML_SetXmlDeclHandler(handle) { data, _, encoding, _ in TreeParser.at(data) { $0.declaredEncoding(encoding) } }
        XML_SetProcessingInstructionHandler(handle) { data, _, _ in TreeParser.at(data) { $0.stop(.restricted) } }
        XML_SetCommentHandler(handle) { data, _ in TreeParser.at(data) { $0.stop(.restricted) } }
        XML_SetStartDoctypeDeclHandler(handle) { data, _, _, _, _ in TreeParser.at(data) { $0.stop(.restricted) } }
        XML_SetEntityDeclHandler(handle) { data, _, _, _, _, _, _, _, _ in
            TreeParser.at(data) { $0.stop(.restricted) }
        }
    }

    /// Calls `body` with the parser that expat was given. The pointer was made in ``setHandlers()`` of a live object
    /// which is now within its own ``parse(_:)``.
    @inline(__always)
    private static func at(_ data: UnsafeMutableRawPointer?, _ body: (TreeParser) -> Void) {
        guard let data else { return }
        Unmanaged<TreeParser>.fromOpaque(data)._withUnsafeGuaranteedRef(body)
    }

    private func stop(_ fault: XMLFault) {
        tree.fail(fault)
        XML_StopParser(handle, XML_Bool(XML_FALSE))
    }

    @inline(__always)
    private func stopIfFaulty() {
        if tree.fault != nil { XML_StopParser(handle, XML_Bool(XML_FALSE)) }
    }

    private func started(_ name: UnsafePointer<XML_Char>?, _ attributes: TreeBuilder.Attributes?) {
        guard tree.fault == nil, let name else { return }
        tree.start(name, attributes, at: tree.depth == 1 ? Int(XML_GetCurrentByteIndex(handle)) : 0)
        stopIfFaulty()
    }

    private func ended() {
        guard tree.fault == nil else { return }
        var end = 0
        if tree.depth == 2 { end = Int(XML_GetCurrentByteIndex(handle)) + Int(XML_GetCurrentByteCount(handle)) }
        tree.end(at: end)
        stopIfFaulty()
    }

    private func read(_ text: UnsafeRawBufferPointer) {
        guard tree.fault == nil else { return }
        tree.text(text)
        stopIfFaulty()
    }

    private func declared(_ prefix: UnsafePointer<XML_Char>?, _ namespace: UnsafePointer<XML_Char>?) {
        guard tree.fault == nil else { return }
        tree.declare(prefix, namespace)
        stopIfFaulty()
    }

    private func declaredEncoding(_ encoding: UnsafePointer<XML_Char>?) {
        guard let encoding else { return }
        let name = UnsafeRawBufferPointer.cString(encoding).string
        if name.uppercased() != "UTF-8" { stop(.unsupportedEncoding) }
    }
}
