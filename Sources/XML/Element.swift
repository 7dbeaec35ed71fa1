// An immutable XML element: a place in a flat tree, and the questions asked of it.

/// An element with everything in it. Copying one copies a reference; parts share their tree's storage, so keeping a
/// child keeps the whole. No query allocates more than the string it returns.
public struct Element: Sendable {
    let tape: Tape
    let index: Int

    init(_ tape: Tape, _ index: Int = 0) {
        self.tape = tape
        self.index = index
    }

    @inline(__always)
    var record: Tape.NodeRecord { tape.node(index) }

    /// The local name.
    public var name: String { tape.nameString(record.name) }

    /// The name of the namespace, empty for none.
    public var namespace: String { tape.nameString(record.namespace) }

    /// Whether this element has the given local name and namespace, compared byte by byte.
    public func `is`(_ name: String, _ namespace: String) -> Bool {
        let record = record
        return name.withBytes { tape.name(record.name, equals: $0) }
            && namespace.withBytes { tape.name(record.namespace, equals: $0) }
    }

    /// The value of the attribute of this name that has no prefix.
    public subscript(_ attribute: String) -> String? {
        attribute.withBytes { name in
            attributeRecord { $0.namespace == KnownNames.none && tape.name($0.name, equals: name) }
        }.map(value)
    }

    /// The value of the attribute with this local name in `namespace`; the empty namespace is that of attributes
    /// without a prefix.
    public func attribute(_ name: String, in namespace: String) -> String? {
        name.withBytes { name in
            namespace.withBytes { namespace in
                attributeRecord { tape.name($0.name, equals: name) && tape.name($0.namespace, equals: namespace) }
            }
        }.map(value)
    }

    /// The language tag in this element's own `xml:lang`.
    public var language: String? { attribute("lang", in: xmlNamespace) }

    /// All attributes in the order they were written; namespace declarations are none.
    public var attributes: [Attribute] {
        let record = record
        return (Int(record.first)..<Int(record.first + record.count)).map { number in
            let attribute = tape.attribute(number)
            return Attribute(
                name: tape.nameString(attribute.name), namespace: tape.nameString(attribute.namespace),
                value: value(attribute))
        }
    }

    /// The text directly in this element, concatenated; the text of its children is not part of it.
    public var text: String {
        let end = Int(record.end)
        var text: String?
        var next = index + 1
        while next < end {
            let node = tape.node(next)
            if node.isText {
                let part = tape.withBytes(node.first, node.count) { $0.string }
                text = text.map { $0 + part } ?? part
            }
            next = Int(node.end)
        }
        return text ?? ""
    }

    /// The first child with this local name and namespace.
    public func child(_ name: String, _ namespace: String) -> Element? {
        name.withBytes { name in
            namespace.withBytes { namespace in
                let end = Int(record.end)
                var next = index + 1
                while next < end {
                    let node = tape.node(next)
                    if !node.isText, tape.name(node.name, equals: name), tape.name(node.namespace, equals: namespace) {
                        return Element(tape, next)
                    }
                    next = Int(node.end)
                }
                return nil
            }
        }
    }

    /// The first child element, whatever its name.
    public var firstChild: Element? {
        var iterator = children.makeIterator()
        return iterator.next()
    }

    @inline(__always)
    private func attributeRecord(where matches: (Tape.AttributeRecord) -> Bool) -> Tape.AttributeRecord? {
        let record = record
        var number = Int(record.first)
        let end = number &+ Int(record.count)
        while number < end {
            let attribute = tape.attribute(number)
            if matches(attribute) { return attribute }
            number &+= 1
        }
        return nil
    }

    private func value(_ attribute: Tape.AttributeRecord) -> String {
        tape.withBytes(attribute.start, attribute.count) { $0.string }
    }

    /// An attribute of an element.
    public struct Attribute: Sendable, Equatable {
        /// The local name.
        public let name: String
        /// The name of the namespace, empty where the attribute has no prefix.
        public let namespace: String
        /// The value, references resolved and white space normalised (XML 1.0 §3.3.3).
        public let value: String
    }
}
