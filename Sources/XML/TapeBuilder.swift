// Collects one tree in reusable buffers and packs it into a tape.

/// Builds tapes one after another; its buffers keep their room from one to the next.
///
/// The caller opens and closes in pairs; every text it hands over is valid XML 1.0 text.
struct TapeBuilder {
    private var nodes: [Tape.NodeRecord] = []
    private var attributes: [Tape.AttributeRecord] = []
    private var names = OwnNames()
    private var bytes: [UInt8] = []
    private var open: [Int] = []
    /// Whether the last node is text of the element that is open now, so that more text continues it.
    private var endsInText = false

    init() {
        // Room for most stanzas, so that it is made once.
        nodes.reserveCapacity(8)
        attributes.reserveCapacity(8)
        bytes.reserveCapacity(240)
        open.reserveCapacity(8)
    }

    /// A reference to a name, known or the tape's own.
    @inline(__always)
    mutating func reference(_ name: UnsafeRawBufferPointer) -> UInt32 {
        if let known = KnownNames.table.number(of: name) { return known }
        return Tape.ownName | names.number(of: name, in: &bytes)
    }

    mutating func openElement(_ name: UInt32, _ namespace: UInt32) {
        open.append(nodes.count)
        nodes.append(
            Tape.NodeRecord(
                namespace: namespace, name: name, first: UInt32(attributes.count), count: 0, end: 0))
        endsInText = false
    }

    /// Adds an attribute to the element opened last, before anything else is put into it.
    @inline(__always)
    mutating func attribute(_ name: UInt32, _ namespace: UInt32, _ value: UnsafeRawBufferPointer) {
        let start = append(value)
        attributes.append(
            Tape.AttributeRecord(namespace: namespace, name: name, start: start, count: UInt32(value.count)))
        nodes[nodes.count - 1].count += 1
    }

    mutating func text(_ text: UnsafeRawBufferPointer) {
        if text.isEmpty { return }
        if endsInText, let last = nodes.last, Int(last.first + last.count) == bytes.count {
            _ = append(text)
            nodes[nodes.count - 1].count += UInt32(text.count)
            return
        }
        let start = append(text)
        let end = UInt32(nodes.count + 1)
        nodes.append(
            Tape.NodeRecord(
                namespace: Tape.textMark, name: Tape.textMark, first: start, count: UInt32(text.count), end: end))
        endsInText = true
    }

    mutating func closeElement() {
        let index = open.removeLast()
        nodes[index].end = UInt32(nodes.count)
        endsInText = false
    }

    @inline(__always)
    private mutating func append(_ more: UnsafeRawBufferPointer) -> UInt32 {
        let start = UInt32(bytes.count)
        bytes.append(contentsOf: more)
        return start
    }

    /// Packs what was built into a tape of exact size and starts anew. All elements must be closed.
    mutating func finish() -> Tape {
        precondition(open.isEmpty && !nodes.isEmpty, "a tape is packed when its root is closed")
        let attributeBase = Tape.headerSize + nodes.count * Tape.NodeRecord.size
        let nameBase = attributeBase + attributes.count * Tape.AttributeRecord.size
        let byteBase = nameBase + names.records.count * Tape.NameRecord.size
        let total = byteBase + bytes.count
        let storage = [UInt8](unsafeUninitializedCapacity: total) { target, count in
            let raw = UnsafeMutableRawBufferPointer(target)
            raw.storeBytes(of: UInt32(attributeBase), toByteOffset: 0, as: UInt32.self)
            raw.storeBytes(of: UInt32(nameBase), toByteOffset: 4, as: UInt32.self)
            raw.storeBytes(of: UInt32(byteBase), toByteOffset: 8, as: UInt32.self)
            Self.copy(nodes, to: raw, at: Tape.headerSize)
            Self.copy(attributes, to: raw, at: attributeBase)
            Self.copy(names.records, to: raw, at: nameBase)
            Self.copy(bytes, to: raw, at: byteBase)
            count = total
        }
        reset()
        return Tape(storage: storage)
    }

    /// Forgets what was built so far; the buffers keep their room.
    mutating func reset() {
        nodes.removeAll(keepingCapacity: true)
        attributes.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
        names.reset()
        endsInText = false
    }

    private static func copy<Record>(_ records: [Record], to raw: UnsafeMutableRawBufferPointer, at offset: Int) {
        records.withUnsafeBytes { source in
            UnsafeMutableRawBufferPointer(rebasing: raw[offset..<offset + source.count]).copyMemory(from: source)
        }
    }
}

extension TapeBuilder {
    /// A reference to a name given as a string.
    mutating func reference(_ name: String) -> UInt32 {
        name.withBytes { reference($0) }
    }

    /// Adds text, with the characters that XML 1.0 forbids replaced.
    mutating func text(_ text: String) {
        withPermitted(text) { $0.text($1) }
    }

    /// Adds an attribute, with the characters that XML 1.0 forbids replaced in its value.
    mutating func attribute(_ name: UInt32, _ namespace: UInt32, _ value: String) {
        withPermitted(value) { $0.attribute(name, namespace, $1) }
    }

    /// Calls `body` with the UTF-8 of `text`, forbidden characters replaced.
    private mutating func withPermitted(
        _ text: String, _ body: (inout TapeBuilder, UnsafeRawBufferPointer) -> Void
    ) {
        text.withBytes { raw in
            if XMLCharacters.plainRun(raw, from: 0, for: .tape) == raw.count { return body(&self, raw) }
            var sink = ByteSink(capacity: raw.count + 16)
            sink.append(raw, escapedFor: .tape)
            sink.finish().withUnsafeBytes { body(&self, $0) }
        }
    }

    /// Copies an element of another tape with all that is in it.
    mutating func copy(_ tape: Tape, from index: Int) {
        openCopy(tape, index)
        let end = Int(tape.node(index).end)
        var ends = [end]
        var next = index + 1
        while let innermost = ends.last {
            if next == innermost {
                closeElement()
                ends.removeLast()
                continue
            }
            let node = tape.node(next)
            if node.isText {
                tape.withBytes(node.first, node.count) { text($0) }
            } else {
                openCopy(tape, next)
                ends.append(Int(node.end))
            }
            next += 1
        }
    }

    /// Opens an element like one of another tape, with its attributes.
    mutating func openCopy(_ tape: Tape, _ index: Int) {
        let node = tape.node(index)
        openElement(translate(node.name, of: tape), translate(node.namespace, of: tape))
        for number in Int(node.first)..<Int(node.first + node.count) {
            let record = tape.attribute(number)
            let name = translate(record.name, of: tape)
            let namespace = translate(record.namespace, of: tape)
            tape.withBytes(record.start, record.count) { attribute(name, namespace, $0) }
        }
    }

    /// The reference here for a name of another tape.
    mutating func translate(_ reference: UInt32, of tape: Tape) -> UInt32 {
        if reference & Tape.ownName == 0 { return reference }
        return tape.withName(reference) { self.reference($0) }
    }
}
