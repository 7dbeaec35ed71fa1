// Making elements in code.

extension Element {
    /// Makes an element.
    ///
    /// - Parameters:
    ///   - name: The local name, which must be a name without a colon.
    ///   - namespace: The namespace name, empty for none.
    ///   - attributes: Attributes without a namespace, each name once; a nil value leaves its attribute out.
    ///   - language: The value of `xml:lang`.
    ///   - content: Children and text. Characters that XML 1.0 forbids become U+FFFD.
    public init(
        _ name: String, _ namespace: String, _ attributes: KeyValuePairs<String, String?> = [:],
        language: String? = nil, @ElementContent _ content: () -> [Node] = { [] }
    ) {
        var builder = TapeBuilder()
        let names = (builder.elementName(name), builder.reference(namespace))
        precondition(namespace != xmlnsNamespace, "no element is in the namespace of declarations")
        builder.openElement(names.0, names.1)
        var used: [UInt32] = []
        for (name, value) in attributes {
            guard let value else { continue }
            let reference = builder.attributeName(name)
            precondition(!used.contains(reference), "an element has an attribute once")
            used.append(reference)
            builder.attribute(reference, KnownNames.none, value)
        }
        if let language { builder.attribute(builder.reference("lang"), builder.reference(xmlNamespace), language) }
        for node in content() { builder.add(node) }
        builder.closeElement()
        self.init(builder.finish())
    }
}

extension TapeBuilder {
    /// Adds a node to the element that is open.
    mutating func add(_ node: Node) {
        switch node {
        case .element(let element): copy(element.tape, from: element.index)
        case .text(let text): self.text(text)
        }
    }

    /// A reference to a name which code gave to an element.
    fileprivate mutating func elementName(_ name: String) -> UInt32 {
        precondition(name.withBytes(NameCheck.isName), "not the name of an element or attribute")
        return reference(name)
    }

    /// A reference to a name which code gave to an attribute without a namespace.
    mutating func attributeName(_ name: String) -> UInt32 {
        precondition(name != "xmlns", "namespaces are declared by what is written, not by attributes")
        return elementName(name)
    }
}

/// Builds the content of an ``Element``: elements, optional elements, arrays of them, and strings as text.
@resultBuilder
public enum ElementContent {
    /// A child.
    public static func buildExpression(_ element: Element) -> [Node] { [.element(element)] }
    /// A child, if there is one.
    public static func buildExpression(_ element: Element?) -> [Node] { element.map { [.element($0)] } ?? [] }
    /// Children.
    public static func buildExpression(_ elements: [Element]) -> [Node] { elements.map { .element($0) } }
    /// Text.
    public static func buildExpression(_ text: String) -> [Node] { [.text(text)] }
    /// Text, if there is one.
    public static func buildExpression(_ text: String?) -> [Node] { text.map { [.text($0)] } ?? [] }
    /// A child or text.
    public static func buildExpression(_ node: Node) -> [Node] { [node] }
    /// Children and text.
    public static func buildExpression(_ nodes: [Node]) -> [Node] { nodes }
    /// One after another.
    public static func buildBlock(_ parts: [Node]...) -> [Node] { parts.count == 1 ? parts[0] : parts.flatMap { $0 } }
    /// `if` without `else`.
    public static func buildOptional(_ part: [Node]?) -> [Node] { part ?? [] }
    /// `if` … `else`, and `switch`.
    public static func buildEither(first part: [Node]) -> [Node] { part }
    /// `if` … `else`, and `switch`.
    public static func buildEither(second part: [Node]) -> [Node] { part }
    /// `for`.
    public static func buildArray(_ parts: [[Node]]) -> [Node] { parts.flatMap { $0 } }
    /// `if #available`.
    public static func buildLimitedAvailability(_ part: [Node]) -> [Node] { part }
}
