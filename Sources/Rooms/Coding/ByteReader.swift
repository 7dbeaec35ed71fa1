// Reading back what a ByteWriter wrote, from bytes that may be anything.

import XML
import XMPP

/// Reads bounded: no length is believed beyond the bytes that are there, so damaged bytes cost at most their own size.
struct ByteReader {
    /// The largest sequence number and count: what a signed column of a store holds.
    static let largestNumber = UInt64(Int64.max)
    /// The last millisecond of the year 9999; times beyond are damage.
    static let latest: Int64 = 253_402_300_799_999
    /// Bytes of one stored child: what a message may hold, every character escaped.
    static let elementBytes = 1_048_576

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var remaining: Int { bytes.count - position }

    mutating func byte() throws(CodingFault) -> UInt8 {
        guard position < bytes.count else { throw .truncated }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func flag() throws(CodingFault) -> Bool {
        switch try byte() {
        case 0: false
        case 1: true
        case let other: throw .unknownKind(other)
        }
    }

    mutating func number() throws(CodingFault) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: 0, through: 63, by: 7) {
            let byte = try byte()
            let part = UInt64(byte & 0x7f)
            guard shift < 63 || part <= 1 else { throw .numberOutOfRange }
            number |= part << UInt64(shift)
            if byte < 0x80 { return number }
        }
        throw .numberOutOfRange
    }

    /// A sequence number or a count of events.
    mutating func sequence() throws(CodingFault) -> UInt64 {
        let number = try number()
        guard number < Self.largestNumber else { throw .numberOutOfRange }
        return number
    }

    mutating func signed() throws(CodingFault) -> Int64 {
        let number = try number()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    /// How many things follow, of which each takes at least a byte.
    mutating func count() throws(CodingFault) -> Int {
        let number = try number()
        guard number <= UInt64(remaining) else { throw .truncated }
        return Int(number)
    }

    mutating func raw(_ count: Int) throws(CodingFault) -> [UInt8] {
        guard count <= remaining else { throw .truncated }
        defer { position += count }
        return Array(bytes[position..<(position + count)])
    }

    mutating func block() throws(CodingFault) -> [UInt8] { try raw(try count()) }

    /// A block as a part of the bytes, not copied.
    mutating func stretch() throws(CodingFault) -> ArraySlice<UInt8> {
        let count = try count()
        guard count <= remaining else { throw .truncated }
        defer { position += count }
        return bytes[position..<(position + count)]
    }

    mutating func text() throws(CodingFault) -> String {
        guard let text = String(validating: try stretch(), as: UTF8.self) else { throw .malformed("text") }
        return text
    }

    mutating func optional<Value>(
        _ read: (inout ByteReader) throws(CodingFault) -> Value
    ) throws(CodingFault) -> Value? {
        try flag() ? try read(&self) : nil
    }

    mutating func list<Value>(
        _ read: (inout ByteReader) throws(CodingFault) -> Value
    ) throws(CodingFault) -> [Value] {
        var values: [Value] = []
        for _ in 0..<(try count()) { values.append(try read(&self)) }
        return values
    }

    mutating func jid() throws(CodingFault) -> JID {
        let text = try text()
        do throws(JIDFault) { return try JID(text) } catch { throw .malformed("address") }
    }

    mutating func moment() throws(CodingFault) -> Moment {
        let milliseconds = try signed()
        guard (-Self.latest...Self.latest).contains(milliseconds) else { throw .numberOutOfRange }
        return Moment(milliseconds: milliseconds)
    }

    mutating func element() throws(CodingFault) -> Element {
        let block = try block()
        var limits = XMLLimits()
        limits.stanzaBytes = Self.elementBytes
        do throws(XMLFault) {
            return try Element(parsing: block, in: NS.client, limits: limits)
        } catch {
            throw .malformed("element")
        }
    }

    mutating func version(_ known: UInt8) throws(CodingFault) {
        let version = try byte()
        guard version == known else { throw .unknownVersion(version) }
    }

    /// One of several versions that can be read.
    mutating func version(of known: ClosedRange<UInt8>) throws(CodingFault) -> UInt8 {
        let version = try byte()
        guard known.contains(version) else { throw .unknownVersion(version) }
        return version
    }

    /// Nothing may follow.
    func end() throws(CodingFault) {
        guard remaining == 0 else { throw .trailingBytes }
    }
}
