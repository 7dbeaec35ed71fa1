// From bytes to stanzas and back: parser, writer, addresses.

import XML
import XMPP

/// What a stanza costs before anybody decides anything.
struct TextBenchmarks {
    private static let header = """
        <stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' \
        to='localhost' version='1.0'>
        """
    private static let message = """
        <message to='room@conference.localhost' type='groupchat' id='m-1234567890' xml:lang='en'>\
        <body>Say &quot;hello&quot; to everybody in this room &amp; tell them what is to be done today.</body>\
        <origin-id xmlns='urn:xmpp:sid:0' id='m-1234567890'/>\
        <active xmlns='http://jabber.org/protocol/chatstates'/></message>
        """
    private let count = 20_000

    func run(_ table: inout Table) throws {
        try parsing(&table)
        try writing(&table)
        try addresses(&table)
    }

    private func parsing(_ table: inout Table) throws {
        let bytes = Array(Self.message.utf8)
        let pool = ParserPool()
        try table.measure("parse a message", per: "stanzas", count: count) { _ in
            let parser = StreamParser(pool: pool)
            try parser.feed(Array(Self.header.utf8)) { keep($0) }
            for _ in 0..<count { try parser.feed(bytes) { keep($0) } }
        }
        let element = try Element(parsing: bytes)
        try table.measure("read a stanza from its element", per: "stanzas", count: count) { _ in
            for _ in 0..<count { keep(try Stanza(reading: element)) }
        }
    }

    private func writing(_ table: inout Table) throws {
        let element = try Element(parsing: Array(Self.message.utf8))
        table.measure("write an element", per: "elements", count: count) { _ in
            for _ in 0..<count { keep(element.bytes()) }
        }
        let stanza = try Stanza(reading: element)
        table.measure("write a stanza", per: "stanzas", count: count) { _ in
            for _ in 0..<count { keep(stanza.bytes) }
        }
    }

    private func addresses(_ table: inout Table) throws {
        let plain = "somebody@example.org/Balcony-17"
        try table.measure("JID, ASCII", per: "addresses", count: count) { _ in
            for _ in 0..<count { keep(try JID(plain)) }
        }
        let other = "J\u{00FC}rgen@b\u{00FC}cher.example/B\u{00FC}ro"
        try table.measure("JID, other letters", per: "addresses", count: count) { _ in
            for _ in 0..<count { keep(try JID(other)) }
        }
        let jid = try JID(plain)
        table.measure("bare JID of a full one", per: "addresses", count: count) { _ in
            for _ in 0..<count { keep(jid.bare) }
        }
    }
}
