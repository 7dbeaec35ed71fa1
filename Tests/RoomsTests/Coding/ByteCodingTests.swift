// Numbers, texts and lists as bytes, and what damaged bytes come to.

import Testing
import XML
import XMPP

@testable import Rooms

@Suite("Bytes")
struct ByteCodingTests {
    @Test("Numbers come back", arguments: [0, 1, 127, 128, 300, 1 << 32, UInt64.max - 1, UInt64.max])
    func numbers(_ number: UInt64) throws {
        var writer = ByteWriter()
        writer.number(number)
        writer.signed(Int64(bitPattern: number))
        var reader = ByteReader(writer.bytes)
        #expect(try reader.number() == number)
        #expect(try reader.signed() == Int64(bitPattern: number))
        try reader.end()
    }

    @Test("Small numbers are one byte")
    func short() {
        var writer = ByteWriter()
        writer.number(127)
        writer.signed(-64)
        #expect(writer.bytes == [127, 127])
    }

    @Test("A number of more than 64 bits is refused")
    func tooLong() {
        var overflowing = ByteReader(Array(repeating: 0xff, count: 9) + [2])
        #expect(throws: CodingFault.numberOutOfRange) { try overflowing.number() }
        var endless = ByteReader(Array(repeating: 0x80, count: 20))
        #expect(throws: CodingFault.numberOutOfRange) { try endless.number() }
        var cut = ByteReader([0x80])
        #expect(throws: CodingFault.truncated) { try cut.number() }
    }

    @Test("A length beyond the bytes that are there is not believed")
    func lengths() {
        var writer = ByteWriter()
        writer.number(1 << 60)
        var reader = ByteReader(writer.bytes + [1, 2, 3])
        #expect(throws: CodingFault.truncated) { try reader.block() }
        var text = ByteReader([2, 0xc3, 0x28])
        #expect(throws: CodingFault.malformed("text")) { try text.text() }
        var flag = ByteReader([2])
        #expect(throws: CodingFault.unknownKind(2)) { try flag.flag() }
    }

    @Test("Positions and times that no store holds are refused")
    func ranges() {
        var writer = ByteWriter()
        writer.number(UInt64(Int64.max))
        writer.signed(.max)
        var reader = ByteReader(writer.bytes)
        #expect(throws: CodingFault.numberOutOfRange) { try reader.sequence() }
        #expect(throws: CodingFault.numberOutOfRange) { try reader.moment() }
    }

    @Test("Children come back as they were, text with markup too")
    func elements() throws {
        let element = Element("body", NS.client, ["a": "1 < 2"], language: "de") {
            "x & y"
            Element("z", "urn:x:z") { "<" }
        }
        var writer = ByteWriter()
        writer.element(element)
        var reader = ByteReader(writer.bytes)
        #expect(try reader.element() == element)
        var broken = ByteReader([3] + Array("<a>".utf8))
        #expect(throws: CodingFault.malformed("element")) { try broken.element() }
    }
}
