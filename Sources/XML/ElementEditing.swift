// Elements like another but for an attribute or some of the content.

extension Element {
    /// This element with the attribute of this name and no prefix set to `value`, or without it if nil. The place of
    /// an attribute that was there is kept; a new one becomes the last.
    public func replacingAttribute(_ name: String, with value: String?) -> Element {
        var builder = TapeBuilder()
        builder.openCopyReplacing(self, builder.attributeName(name), value)
        for node in nodes { builder.add(node) }
        builder.closeElement()
        return Element(builder.finish())
    }

    /// This element with its attributes and those of its direct children and texts for which `keep` is true.
    public func keepingNodes(_ keep: (Node) -> Bool) -> Element {
        var builder = TapeBuilder()
        builder.openCopy(tape, index)
        for node in nodes where keep(node) { builder.add(node) }
        builder.closeElement()
        return Element(builder.finish())
    }
}

extension TapeBuilder {
    /// Opens an element like another, with one attribute (a reference of this builder's) set or left out.
    fileprivate mutating func openCopyReplacing(_ element: Element, _ name: UInt32, _ value: String?) {
        let node = element.record
        openElement(translate(node.name, of: element.tape), translate(node.namespace, of: element.tape))
        var isWritten = value == nil
        for number in Int(node.first)..<Int(node.first + node.count) {
            let record = element.tape.attribute(number)
            let copied = translate(record.name, of: element.tape)
            if record.namespace == KnownNames.none && copied == name {
                if let value, !isWritten { attribute(name, KnownNames.none, value) }
                isWritten = true
                continue
            }
            let namespace = translate(record.namespace, of: element.tape)
            element.tape.withBytes(record.start, record.count) { attribute(copied, namespace, $0) }
        }
        if let value, !isWritten { attribute(name, KnownNames.none, value) }
    }
}
