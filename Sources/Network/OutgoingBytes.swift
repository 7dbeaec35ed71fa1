// What a connection sends at the end of the tick: stanzas appended one by one to one buffer.

import DialectKit
import NIOCore
import XMPP

/// The bytes that wait for the next flush. Appending runs once for every delivery.
struct OutgoingBytes {
    private static let leastCapacity = 512
    /// More than this is not set aside for what may come.
    private static let mostForeseen = 1 << 16

    private var buffer = ByteBuffer()
    /// What the last flush took: the next one most likely takes as much, and a buffer that does not grow is not copied.
    private var lastCount = 0

    mutating func append(_ bytes: [UInt8]) {
        prepare(bytes.count)
        buffer.writeBytes(bytes)
    }

    /// Appends a stanza: one look for room and three copies.
    mutating func append(_ template: Template, to address: AddressHole) {
        let head = Self.head(of: template.kind)
        let count = head.utf8CodeUnitCount + address.count + template.tail.count
        prepare(count)
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { target in
            var rest = target
            UnsafeRawBufferPointer(start: head.utf8Start, count: head.utf8CodeUnitCount).move(into: &rest)
            address.withUnsafeBytes { $0.move(into: &rest) }
            template.tail.withUnsafeBytes { $0.move(into: &rest) }
            return count
        }
    }

    /// Everything appended, which is then gone from here; nil: nothing.
    mutating func take() -> ByteBuffer? {
        guard buffer.readableBytes > 0 else { return nil }
        defer { buffer = ByteBuffer() }
        lastCount = buffer.readableBytes
        return buffer
    }

    private mutating func prepare(_ count: Int) {
        guard buffer.capacity == 0 else { return }
        let foreseen = min(lastCount, Self.mostForeseen)
        buffer = ByteBufferAllocator().buffer(capacity: max(count, foreseen, Self.leastCapacity))
    }

    private static func head(of kind: Stanza.Kind) -> StaticString {
        switch kind {
        case .message: "<message"
        case .presence: "<presence"
        case .iq: "<iq"
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Copies these bytes to the start of `target`, which is then what is left of it. - Precondition: they fit.
    fileprivate func move(into target: inout UnsafeMutableRawBufferPointer) {
        target.copyMemory(from: self)
        target = UnsafeMutableRawBufferPointer(rebasing: target[count...])
    }
}
