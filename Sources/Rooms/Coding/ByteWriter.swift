// Writing numbers, texts and lists as bytes.

import XML
import XMPP

/// Writes what a `ByteReader` reads: numbers as LEB128, texts and lists behind their length.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 512) { bytes.reserveCapacity(capacity) }

    mutating func byte(_ byte: UInt8) { bytes.append(byte) }

    mutating func flag(_ flag: Bool) { byte(flag ? 1 : 0) }

    /// Seven bits a byte, the least first.
    mutating func number(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            byte(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        byte(UInt8(rest))
    }

    mutating func count(_ count: Int) { number(UInt64(count)) }

    /// Small numbers of either sign are short.
    mutating func signed(_ number: Int64) {
        self.number(UInt64(bitPattern: (number << 1) ^ (number >> 63)))
    }

    mutating func raw(_ raw: [UInt8]) { bytes += raw }

    mutating func block(_ block: [UInt8]) {
        count(block.count)
        bytes += block
    }

    mutating func text(_ text: String) {
        count(text.utf8.count)
        bytes += text.utf8
    }

    mutating func optional<Value>(_ value: Value?, _ write: (inout ByteWriter, Value) -> Void) {
        flag(value != nil)
        if let value { write(&self, value) }
    }

    mutating func list<Value>(_ values: [Value], _ write: (inout ByteWriter, Value) -> Void) {
        count(values.count)
        for value in values { write(&self, value) }
    }

    mutating func jid(_ jid: JID) { text(jid.description) }

    mutating func moment(_ moment: Moment) { signed(moment.milliseconds) }

    /// As XML where `jabber:client` is the default namespace, so that only stanza children of our own time are short.
    mutating func element(_ element: Element) { block(element.bytes(in: NS.client)) }
}
