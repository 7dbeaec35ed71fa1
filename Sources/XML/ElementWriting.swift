// Writing an element out of its tape.

extension XMLWriter {
    /// Writes an element with everything in it.
    public mutating func element(_ element: Element) {
        let tape = element.tape
        let outside = frames.count
        var next = element.index
        repeat {
            let node = tape.node(next)
            next += 1
            if node.isText {
                tape.withBytes(node.first, node.count) { textBytes($0) }
            } else {
                openTag(tape, node)
                frames[frames.count - 1].end = Int(node.end)
            }
            while frames.count > outside, frames[frames.count - 1].end == next { close() }
        } while frames.count > outside
    }

    @inline(__always)
    private mutating func openTag(_ tape: Tape, _ node: Tape.NodeRecord) {
        tape.withName(node.name) { name in
            tape.withName(node.namespace) { openTag(name, $0) }
        }
        var number = Int(node.first)
        let end = number &+ Int(node.count)
        while number < end {
            let record = tape.attribute(number)
            tape.withName(record.name) { name in
                tape.withBytes(record.start, record.count) { value in
                    tape.withName(record.namespace) { namespace in
                        attribute(name, in: namespace, number: number - Int(node.first), value)
                    }
                }
            }
            number &+= 1
        }
    }
}

extension Element: CustomStringConvertible {
    /// This element as XML, where `namespace` is the default namespace in force around it.
    public func bytes(in namespace: String = "jabber:client") -> [UInt8] {
        // A whole tape is about as large as what is written of it.
        var writer = XMLWriter(in: namespace, capacity: index == 0 ? tape.storage.count : 256)
        writer.element(self)
        return writer.finish()
    }

    /// This element as XML, as it stands in a client's stream.
    public var description: String { String(decoding: bytes(), as: UTF8.self) }
}
