// What a scenario wrote of a stanza: names, attributes and children that must be there, and where more may be.

package import XML

/// A stanza or element as a scenario describes it.
package struct ElementPattern: Sendable {
    let name: TextPattern
    let namespace: TextPattern
    let attributes: [(name: String, namespace: String, value: TextPattern)]
    let children: [ElementPattern]
    /// Nil: `…` stands among the children, so any text and further children may be there.
    let text: TextPattern?

    /// `…` in the place of text or children.
    static let more: Character = "…"

    package init(_ element: Element) {
        name = TextPattern(element.name)
        namespace = TextPattern(element.namespace)
        attributes = element.attributes.map { ($0.name, $0.namespace, TextPattern($0.value)) }
        children = element.children.map { ElementPattern($0) }
        let text = children.isEmpty ? element.text : element.text.withoutOuterSpace
        let isMore =
            text.withoutOuterSpace.allSatisfy { $0 == Self.more || $0.isWhitespace } && text.contains(Self.more)
        self.text = isMore ? nil : TextPattern(text)
    }

    /// Reads one or more stanzas.
    ///
    /// - Throws: `XMLFault` where it is no XML.
    static func read(_ text: String) throws(XMLFault) -> [ElementPattern] {
        try Element(parsing: "<block>\(text)</block>").children.map { ElementPattern($0) }
    }
}

extension String {
    var withoutOuterSpace: String {
        var rest = self[...]
        rest = rest.drop { $0.isWhitespace }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
