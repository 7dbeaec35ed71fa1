// How large an element is, without writing it.

extension Element {
    /// Bytes this element takes on the wire, near enough for a limit: all names, values and text with their markup,
    /// namespace declarations and escapes apart. Costs a few steps per node and allocates nothing.
    public var byteCount: Int {
        let end = Int(record.end)
        var bytes = 0
        var next = index
        while next < end {
            let node = tape.node(next)
            next += 1
            if node.isText {
                bytes += Int(node.count)
                continue
            }
            bytes += 5 + 2 * tape.withName(node.name) { $0.count }  // <a></a>
            var number = Int(node.first)
            let last = number + Int(node.count)
            while number < last {
                let attribute = tape.attribute(number)
                bytes += 4 + Int(attribute.count) + tape.withName(attribute.name) { $0.count }  // a=''
                number += 1
            }
        }
        return bytes
    }
}
