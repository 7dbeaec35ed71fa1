// Writes XML that is well-formed by construction.

/// Writes elements as bytes. Whatever it is given, what it writes is namespace-well-formed: text and values are
/// escaped, characters that XML 1.0 §2.2 forbids become U+FFFD, tags balance, namespaces are declared where they
/// change. Misuse (a name that is none, an attribute twice or after content) is a programmer's error and traps.
public struct XMLWriter: Sendable {
    /// An element whose end is still to be written.
    struct Frame {
        /// Where in the output its name was written, prefix included, and how long it is.
        var name: Int
        var nameLength: Int
        /// Where in `scopes` the default namespace within it is, and how long it is.
        var scope: Int
        var scopeLength: Int
        /// Where in its tape the element ends, if it is written out of one.
        var end = 0
    }

    var sink: ByteSink
    var frames: [Frame] = []
    /// Default namespaces in force, from the outermost inwards, back to back.
    private var scopes: [UInt8]
    private let outerLength: Int
    /// Whether the start tag written last still lacks its `>`.
    private var isInTag = false
    /// Where in the output the names of the attributes of that tag are.
    private var attributeNames: [Int] = []

    /// A writer of stanzas or other elements.
    ///
    /// - Parameters:
    ///   - namespace: The default namespace in force around what is written; it is not declared again.
    ///   - capacity: Bytes to make room for at once.
    public init(in namespace: String = "jabber:client", capacity: Int = 256) {
        sink = ByteSink(capacity: capacity)
        // Room for most stanzas, so that it is made once.
        frames.reserveCapacity(8)
        scopes = []
        scopes.reserveCapacity(128)
        scopes.append(contentsOf: namespace.utf8)
        outerLength = scopes.count
    }

    /// Opens an element. `xmlns` is written where the namespace differs from the enclosing one.
    public mutating func open(_ name: String, _ namespace: String) {
        name.withBytes { name in
            precondition(NameCheck.isName(name), "not the name of an element")
            namespace.withBytes { openTag(name, $0) }
        }
    }

    /// Writes an attribute without a namespace, directly after ``open(_:_:)`` or another attribute.
    public mutating func attribute(_ name: String, _ value: String) {
        name.withBytes { name in
            precondition(NameCheck.isName(name), "not the name of an attribute")
            precondition(!name.elementsEqual("xmlns".utf8), "namespaces are declared by open")
            value.withBytes { attribute(name, $0) }
        }
    }

    /// Writes `xml:lang`, directly after ``open(_:_:)`` or an attribute.
    public mutating func language(_ tag: String) {
        tag.withBytes { tag in "xml:lang".withBytes { attribute($0, tag) } }
    }

    /// Writes character data into the element that is open.
    public mutating func text(_ text: String) {
        precondition(!frames.isEmpty, "text stands within an element")
        text.withBytes { if !$0.isEmpty { textBytes($0) } }
    }

    /// Writes an element that was written before where `namespace` was the default one, as it stands. Where another
    /// is in force, the element is to be in `namespace` itself, and declares it.
    public mutating func written(_ element: ArraySlice<UInt8>, in namespace: String) {
        endTag()
        let isInForce = namespace.withBytes { name in
            let (start, length) = frames.last.map { ($0.scope, $0.scopeLength) } ?? (0, outerLength)
            return scopes.withUnsafeBytes { $0.slice(start, length).equals(name) }
        }
        element.withUnsafeBytes { bytes in
            guard !isInForce else { return sink.append(bytes) }
            let ends = [UInt8(ascii: " "), UInt8(ascii: ">"), UInt8(ascii: "/")]
            let name = bytes.firstIndex(where: ends.contains) ?? bytes.count
            sink.append(bytes.slice(0, name))
            namespace.withBytes { sink.attribute("xmlns", $0) }
            sink.append(bytes.slice(name, bytes.count - name))
        }
    }

    /// Closes the element opened last; one without content becomes an empty-element tag.
    public mutating func close() {
        guard let frame = frames.popLast() else { preconditionFailure("no element is open") }
        if isInTag {
            sink.append("/>")
            isInTag = false
        } else {
            sink.append("</")
            sink.repeatBytes(at: frame.name, length: frame.nameLength)
            sink.append(UInt8(ascii: ">"))
        }
        let enclosing = frames.last.map { $0.scope + $0.scopeLength } ?? outerLength
        if enclosing < scopes.count { scopes.removeLast(scopes.count - enclosing) }
    }

    /// What has been written. Every element must be closed.
    public var bytes: [UInt8] {
        precondition(frames.isEmpty, "an element is open")
        return sink.bytes
    }

    /// What has been written; the writer is empty afterwards. Every element must be closed.
    public mutating func finish() -> [UInt8] {
        precondition(frames.isEmpty, "an element is open")
        return sink.finish()
    }
}

extension XMLWriter {
    /// Opens an element by bytes: a valid name, and any namespace.
    @inline(__always)
    mutating func openTag(_ name: UnsafeRawBufferPointer, _ namespace: UnsafeRawBufferPointer) {
        endTag()
        var frame = Frame(name: sink.count + 1, nameLength: name.count, scope: 0, scopeLength: outerLength)
        if let outer = frames.last { (frame.scope, frame.scopeLength) = (outer.scope, outer.scopeLength) }
        let isInForce = scopes.withUnsafeBytes { $0.slice(frame.scope, frame.scopeLength).equals(namespace) }
        isInTag = true
        if !attributeNames.isEmpty { attributeNames.removeAll(keepingCapacity: true) }
        if isInForce {
            sink.tagStart(name)
        } else if namespace.equals(to: xmlNamespace) {
            sink.append("<xml:")
            sink.append(name)
            frame.nameLength += 4
        } else {
            precondition(!namespace.equals(to: xmlnsNamespace), "no element is in the namespace of declarations")
            sink.tagStart(name)
            sink.attribute("xmlns", namespace)
            frame.scope = scopes.count
            frame.scopeLength = namespace.count
            scopes.append(contentsOf: namespace)
        }
        frames.append(frame)
    }

    /// Writes an attribute by bytes: a valid name, with its prefix.
    private mutating func attribute(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        precondition(isInTag, "attributes stand directly after open")
        let at = sink.count + 1
        let isNew = attributeNames.allSatisfy { !sink.hasName(name, at: $0) }
        precondition(isNew, "an element has an attribute once")
        attributeNames.append(at)
        sink.attribute(name, value)
    }

    /// Writes an attribute of a tape, whose attributes are unique. A namespace is declared with a prefix of its own.
    @inline(__always)
    mutating func attribute(
        _ name: UnsafeRawBufferPointer, in namespace: UnsafeRawBufferPointer, number: Int,
        _ value: UnsafeRawBufferPointer
    ) {
        if namespace.isEmpty {
            sink.attribute(name, value)
            return
        }
        sink.append(" ")
        if namespace.equals(to: xmlNamespace) {
            sink.append("xml:")
        } else {
            "ns\(number)".withBytes { prefix in
                sink.append("xmlns:")
                sink.append(prefix)
                sink.append("='")
                sink.append(namespace, escapedFor: .attribute)
                sink.append("' ")
                sink.append(prefix)
                sink.append(UInt8(ascii: ":"))
            }
        }
        sink.append(name)
        sink.append("='")
        sink.append(value, escapedFor: .attribute)
        sink.append(UInt8(ascii: "'"))
    }

    /// Writes character data by bytes.
    @inline(__always)
    mutating func textBytes(_ text: UnsafeRawBufferPointer) {
        endTag()
        sink.append(text, escapedFor: .content)
    }

    @inline(__always)
    private mutating func endTag() {
        if isInTag {
            sink.append(UInt8(ascii: ">"))
            isInTag = false
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Whether these are the bytes of `text`.
    @inline(__always)
    fileprivate func equals(to text: String) -> Bool {
        count == text.utf8.count && text.withBytes { equals($0) }
    }
}
