// A growing run of output bytes with escaping.

/// Output bytes. The array is kept longer than what is used, so that a write is one check and a copy.
struct ByteSink: Sendable {
    private var storage: [UInt8]
    /// How many bytes have been written.
    private(set) var count = 0

    init(capacity: Int) {
        storage = [UInt8](repeating: 0, count: max(capacity, 16))
    }

    /// What has been written, as a new array.
    var bytes: [UInt8] { Array(storage[..<count]) }

    /// What has been written; the sink is empty afterwards.
    mutating func finish() -> [UInt8] {
        var result: [UInt8] = []
        swap(&result, &storage)
        result.removeLast(result.count - count)
        count = 0
        return result
    }

    /// Makes room for `more` bytes.
    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if storage.count &- count < more { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let wanted = max(storage.count * 2, count + more)
        storage.append(contentsOf: repeatElement(0, count: wanted - storage.count))
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        storage[count] = byte
        count &+= 1
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        reserve(bytes.count)
        put(bytes)
    }

    @inline(__always)
    mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Copies without looking for room, which the caller has made.
    @inline(__always)
    private mutating func put(_ bytes: UnsafeRawBufferPointer) {
        let at = count
        storage.withUnsafeMutableBytes { Self.copy(bytes, bytes.count, to: $0, at: at) }
        count = at &+ bytes.count
    }

    /// Writes again what was written at `start`, `length` bytes long.
    @inline(__always)
    mutating func repeatBytes(at start: Int, length: Int) {
        reserve(length)
        let at = count
        storage.withUnsafeMutableBytes { target in
            let source = UnsafeRawBufferPointer(target).slice(start, length)
            Self.copy(source, length, to: target, at: at)
        }
        count = at &+ length
    }

    /// Writes ` name='value'`, the value escaped.
    @inline(__always)
    mutating func attribute(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        let plain = XMLCharacters.plainRun(value, from: 0, for: .attribute)
        reserve(name.count &+ value.count &+ 4)
        let start = count
        storage.withUnsafeMutableBytes { target in
            target[start] = UInt8(ascii: " ")
            Self.copy(name, name.count, to: target, at: start &+ 1)
            let equals = start &+ 1 &+ name.count
            target[equals] = UInt8(ascii: "=")
            target[equals &+ 1] = UInt8(ascii: "'")
            Self.copy(value, plain, to: target, at: equals &+ 2)
            target[equals &+ 2 &+ plain] = UInt8(ascii: "'")
        }
        count = start &+ name.count &+ plain &+ 4
        if plain < value.count {
            count &-= 1
            appendRest(value, from: plain, escapedFor: .attribute)
            append(UInt8(ascii: "'"))
        }
    }

    /// Writes ` name='value'`, the value escaped.
    @inline(__always)
    mutating func attribute(_ name: StaticString, _ value: UnsafeRawBufferPointer) {
        attribute(UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount), value)
    }

    /// Writes `<name`.
    @inline(__always)
    mutating func tagStart(_ name: UnsafeRawBufferPointer) {
        reserve(name.count &+ 1)
        let start = count
        storage.withUnsafeMutableBytes { target in
            target[start] = UInt8(ascii: "<")
            Self.copy(name, name.count, to: target, at: start &+ 1)
        }
        count = start &+ 1 &+ name.count
    }

    @inline(__always)
    private static func copy(
        _ source: UnsafeRawBufferPointer, _ length: Int, to target: UnsafeMutableRawBufferPointer, at start: Int
    ) {
        if length > 0, let from = source.baseAddress, let base = target.baseAddress {
            (base + start).copyMemory(from: from, byteCount: length)
        }
    }

    /// Writes text as it must stand in `place`.
    @inline(__always)
    mutating func append(_ text: UnsafeRawBufferPointer, escapedFor place: TextPlace) {
        let plain = XMLCharacters.plainRun(text, from: 0, for: place)
        append(text.slice(0, plain))
        if plain < text.count { appendRest(text, from: plain, escapedFor: place) }
    }

    @inline(never)
    private mutating func appendRest(_ text: UnsafeRawBufferPointer, from start: Int, escapedFor place: TextPlace) {
        var index = start
        while index < text.count {
            let substitute = XMLCharacters.substitute(text, index, for: place)
            append(substitute.text)
            index += substitute.length
            let end = XMLCharacters.plainRun(text, from: index, for: place)
            append(text.slice(index, end - index))
            index = end
        }
    }

    /// Whether an attribute of this name was written with its name at `start`.
    func hasName(_ name: UnsafeRawBufferPointer, at start: Int) -> Bool {
        storage.withUnsafeBytes { written in
            start + name.count < count && written[start + name.count] == UInt8(ascii: "=")
                && written.slice(start, name.count).equals(name)
        }
    }
}
