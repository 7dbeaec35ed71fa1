// The hole of a template: where the address goes, whatever its length.

import Testing
import XML
import XMPP

@testable import DialectKit

@Suite struct TemplateTests {
    private let words = Template(.message) { writer in
        writer.attribute("from", "coven@chat.example/thirdwitch")
        writer.open("body", NS.client)
        writer.text("Harpier cries")
        writer.close()
    }

    @Test("The address stands right behind the name, in full and escaped", arguments: [1, 40, 41, 42, 43, 44, 45, 200])
    func address(length: Int) throws {
        let jid = try JID("ada@a.example/o'\(String(repeating: "x", count: length))")
        let hole = AddressHole(jid)
        #expect(hole.count == hole.bytes.count)
        #expect(hole.withUnsafeBytes { Array($0) } == hole.bytes)
        let stanza = try #require(Stanza(words, to: hole))
        #expect(stanza.to == jid)
        #expect(stanza.from?.resource == "thirdwitch")
        #expect(String(decoding: words.bytes(to: hole), as: UTF8.self).hasPrefix("<message to='ada@a.example/o&apos;x"))
    }

    @Test("The longest that stands in the value itself, and the shortest that does not", arguments: [63, 64, 65])
    func edge(length: Int) throws {
        let around = " to='a@b/'".utf8.count
        let jid = try JID("a@b/\(String(repeating: "x", count: length - around))")
        let hole = AddressHole(jid)
        #expect(hole.count == length)
        #expect(String(decoding: hole.bytes, as: UTF8.self) == " to='\(jid)'")
        #expect(hole == AddressHole(jid))
        #expect(hole != AddressHole(try JID("a@b/\(String(repeating: "y", count: length - around))")))
    }
}
