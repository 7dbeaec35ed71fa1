// Makes stream tokens of the tokenizer's events, within the limits.

/// The state between one tokenizer event and the next. Depth 1 is between stanzas.
struct TreeBuilder {
    /// What the document's first element is.
    enum Root {
        /// A stream header that a peer sent now.
        case header
        /// A header fed again, or made up, to bring the tokenizer between stanzas.
        case priming
    }

    /// Separates namespace from local name in what expat reports: no XML document can contain it.
    static let separator: UInt8 = 0x0C

    var limits = XMLLimits.default
    var root = Root.header
    /// Complete tokens not yet taken.
    private var tokens: [StreamToken] = []
    private(set) var fault: XMLFault?
    private(set) var depth = 0
    /// The namespace declarations of the root, in order; prefix nil for the default.
    private(set) var rootDeclarations: [(prefix: String?, namespace: String)] = []
    /// Where in the input the stanza that is open began.
    private(set) var stanzaStart = 0
    private var tape = TapeBuilder()
    /// Declarations seen for the next start tag.
    private var declarations = 0
    /// How many children each open element of the stanza has.
    private var childCounts: [Int] = []
    /// The namespace of each open element of the stanza.
    private var namespaces: [UInt32] = []
    /// Bytes that repeating namespace names will cost a writer of the stanza.
    private var repeatedBytes = 0

    /// Whether the root has been closed.
    var isClosed: Bool { depth == 0 && !isFresh }
    private var isFresh = true

    /// Forgets all but the limits and the buffers' room.
    mutating func reset() {
        tokens.removeAll()
        fault = nil
        depth = 0
        isFresh = true
        declarations = 0
        repeatedBytes = 0
        rootDeclarations = []
        childCounts.removeAll(keepingCapacity: true)
        namespaces.removeAll(keepingCapacity: true)
        tape.reset()
    }

    /// The complete tokens, which are then no longer kept here.
    mutating func takeTokens() -> [StreamToken] {
        var taken: [StreamToken] = []
        swap(&taken, &tokens)
        return taken
    }

    mutating func fail(_ fault: XMLFault) {
        if self.fault == nil { self.fault = fault }
    }

    mutating func declare(_ prefix: UnsafePointer<CChar>?, _ namespace: UnsafePointer<CChar>?) {
        if depth == 0 && root == .priming { return }
        declarations += 1
        let name = namespace.map { UnsafeRawBufferPointer.cString($0) }
        if let name, name.count > limits.attributeBytes { return fail(.tooLarge(.attributeBytes)) }
        if depth == 0 {
            let prefix = prefix.map { UnsafeRawBufferPointer.cString($0).string }
            rootDeclarations.append((prefix, name?.string ?? ""))
        }
    }

    typealias Attributes = UnsafeMutablePointer<UnsafePointer<CChar>?>

    mutating func start(_ name: UnsafePointer<CChar>, _ attributes: Attributes?, at position: Int) {
        depth += 1
        isFresh = false
        if depth == 1 {
            if root == .priming { return }
        } else if depth == 2 {
            stanzaStart = position
            repeatedBytes = 0
        } else {
            countChild()
        }
        if depth - 1 > limits.depth { return fail(.tooLarge(.depth)) }
        let (local, namespace) = names(name)
        tape.openElement(local, namespace.reference)
        if namespaces.last != namespace.reference { repeatedBytes += namespace.length }
        if depth > 1 {
            childCounts.append(0)
            namespaces.append(namespace.reference)
        }
        addAttributes(attributes)
        if repeatedBytes > limits.stanzaBytes { return fail(.tooLarge(.stanzaBytes)) }
        if depth == 1 {
            tape.closeElement()
            let namespace = rootDeclarations.last { $0.prefix == nil }?.namespace ?? ""
            tokens.append(.opened(StreamHeader(element: Element(tape.finish()), defaultNamespace: namespace)))
        }
    }

    private mutating func countChild() {
        childCounts[childCounts.count - 1] += 1
        if childCounts[childCounts.count - 1] > limits.childrenPerElement {
            fail(.tooLarge(.childrenPerElement))
        }
    }

    @inline(__always)
    private mutating func addAttributes(_ attributes: Attributes?) {
        var count = declarations
        declarations = 0
        var next = attributes
        while let at = next, let name = at[0], let value = at[1] {
            count += 1
            let bytes = UnsafeRawBufferPointer.cString(value)
            if bytes.count > limits.attributeBytes { return fail(.tooLarge(.attributeBytes)) }
            let (local, namespace) = names(name)
            repeatedBytes += namespace.length
            tape.attribute(local, namespace.reference, bytes)
            next = at + 2
        }
        if count > limits.attributesPerElement { fail(.tooLarge(.attributesPerElement)) }
    }

    /// References to a local name and its namespace, of which also the length.
    @inline(__always)
    private mutating func names(
        _ name: UnsafePointer<CChar>
    ) -> (local: UInt32, namespace: (reference: UInt32, length: Int)) {
        let (bytes, separator) = UnsafeRawBufferPointer.cString(name, separator: Self.separator)
        guard let separator else { return (tape.reference(bytes), (KnownNames.none, 0)) }
        let local = tape.reference(bytes.slice(separator + 1, bytes.count - separator - 1))
        return (local, (tape.reference(bytes.slice(0, separator)), separator))
    }

    mutating func text(_ text: UnsafeRawBufferPointer) {
        if depth > 1 {
            tape.text(text)
        } else if !text.allSatisfy(isWhitespace) {
            fail(.notWellFormed)
        }
    }

    /// - Parameter position: Where in the input the tag that ends the element ends.
    mutating func end(at position: Int) {
        depth -= 1
        if depth == 0 {
            tokens.append(.closed)
            return
        }
        tape.closeElement()
        childCounts.removeLast()
        namespaces.removeLast()
        if depth > 1 { return }
        if position - stanzaStart > limits.stanzaBytes { return fail(.tooLarge(.stanzaBytes)) }
        tokens.append(.stanza(Element(tape.finish())))
    }
}
