// What is refused, and as what.

import Testing

@testable import XML

@Suite struct XMLFaultTests {
    /// Bytes after a stream header, and the fault they must give in chunks of any size.
    static let inStream: [(String, XMLFault)] = [
        ("<a></b>", .notWellFormed), ("<a><b></a></b>", .notWellFormed), ("</a>", .notWellFormed),
        ("<a b='1' b='2'/>", .notWellFormed), ("<a b=1/>", .notWellFormed), ("<a b/>", .notWellFormed),
        ("<a b='<'/>", .notWellFormed), ("< a/>", .notWellFormed), ("<a>]]></a>", .notWellFormed),
        ("<a>&#0;</a>", .notWellFormed), ("<a>&#xFFFE;</a>", .notWellFormed), ("<a>\u{1}</a>", .notWellFormed),
        ("<a>\u{FFFF}</a>", .notWellFormed), ("<a>& b</a>", .notWellFormed), ("<1/>", .notWellFormed),
        ("text", .notWellFormed), ("<a/>text", .notWellFormed), (" &amp; ", .notWellFormed),
        ("<![CDATA[text]]>", .notWellFormed), ("<a><![CDAT[x]]></a>", .notWellFormed),
        ("<a xmlns:p='urn:1' xmlns:q='urn:1' p:x='' q:x=''/>", .notWellFormed),
        ("<a xmlns:p=''/>", .notWellFormed), ("<a xmlns:xml='urn:x'/>", .notWellFormed),
        ("<a xmlns:p='http://www.w3.org/2000/xmlns/'/>", .notWellFormed), ("<a:b:c xmlns:a='u'/>", .notWellFormed),
        ("<!-- x -->", .restricted), ("<a><!-- x --></a>", .restricted), ("<a><!-- never ends", .restricted),
        ("<?pi x?>", .restricted), ("<a><?pi x?></a>", .restricted), ("<a><?pi", .restricted),
        ("<?xml version='1.0'?>", .restricted), ("<!DOCTYPE a>", .restricted), ("<a><!D", .restricted),
        ("<a>&unknown;</a>", .restricted), ("<a b='&unknown;'/>", .restricted), ("<!-", .restricted),
        ("<p:a/>", .undefinedPrefix), ("<a p:b=''/>", .undefinedPrefix), ("<xmlns:a/>", .undefinedPrefix),
        ("<a xmlns:p='urn:p'><p:b/></a><p:b/>", .undefinedPrefix),
    ]

    @Test(arguments: [1, 3, .max], [false, true])
    func refusesInStanzas(chunk: Int, pooled: Bool) {
        for (text, fault) in Self.inStream {
            let reading = Reading(Corpus.header + text, chunk: chunk, pool: pooled ? ParserPool() : nil)
            #expect(reading.fault == fault, "\(text)")
        }
    }

    static let atStart: [(String, XMLFault)] = [
        ("text", .notWellFormed), ("<a></b>", .notWellFormed), ("<a b='1' b='2'>", .notWellFormed),
        ("</a>", .notWellFormed), ("<>", .notWellFormed), ("\u{FEFF}<a>", .notWellFormed),
        ("<?xml version='1.0'?>text", .notWellFormed), ("<?xml?><a>", .notWellFormed),
        ("<!DOCTYPE a><a>", .restricted), ("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><a>", .restricted),
        ("<!-- x --><a>", .restricted), ("<?xml version='1.0'?><?pi?><a>", .restricted), ("<?pi?><a>", .restricted),
        ("<a b='&x;'>", .restricted), ("<p:a>", .undefinedPrefix), ("<a p:b='' xmlns='urn:a'>", .undefinedPrefix),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><a>", .unsupportedEncoding),
        ("<?xml version='1.0' encoding='UTF-16'?><a>", .unsupportedEncoding),
    ]

    @Test(arguments: [1, 3, .max]) func refusesAtTheStart(chunk: Int) {
        for (text, fault) in Self.atStart {
            #expect(Reading(text, chunk: chunk).fault == fault, "\(text)")
        }
    }

    @Test(arguments: [1, .max]) func refusesOtherEncodings(chunk: Int) {
        let utf16: [[UInt8]] = [
            [0xFE, 0xFF, 0, 0x3C, 0, 0x61], [0xFF, 0xFE, 0x3C, 0, 0x61, 0], [0, 0x3C, 0, 0x61], [0x3C, 0, 0x61, 0],
        ]
        for bytes in utf16 {
            #expect(Reading(bytes, chunk: chunk).fault == .unsupportedEncoding)
        }
        for encoding in ["UTF-8", "utf-8"] {
            let text = "<?xml version='1.0' encoding='\(encoding)'?><a>"
            #expect(Reading(text, chunk: chunk).fault == nil)
        }
    }

    @Test(arguments: [1, .max]) func refusesInvalidUTF8(chunk: Int) {
        let wrong: [[UInt8]] = [
            [0xC0, 0x80], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80],
            [0xFF], [0xEF, 0xBF, 0xBE], [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80],
        ]
        for bytes in wrong {
            let text = Array((Corpus.header + "<a>").utf8) + bytes + Array("</a>".utf8)
            #expect(Reading(text, chunk: chunk).fault == .notWellFormed, "\(bytes)")
            let attribute = Array((Corpus.header + "<a b='").utf8) + bytes + Array("'/>".utf8)
            #expect(Reading(attribute, chunk: chunk).fault == .notWellFormed, "\(bytes)")
        }
    }

    @Test(arguments: [1, 7, .max]) func tokensBeforeTheFaultAreEmitted(chunk: Int) {
        let reading = Reading(Corpus.header + "<a/><b/></c>", chunk: chunk)
        #expect(reading.stanzas.map(\.name) == ["a", "b"])
        #expect(reading.fault == .notWellFormed)
    }

    @Test func anUnfinishedFaultyTagIsFoundBeforeItEnds() {
        let parser = StreamParser()
        let text = Corpus.header + "<a b='<" + String(repeating: "x", count: 64)
        #expect(Reading(Array(text.utf8), chunk: 1, with: parser).fault == .notWellFormed)
    }

    @Test(arguments: ["", " ", "text", "<a/><b/>", "<a>", "</_>", "<a/>x", "<a/></_>", "<?xml version='1.0'?><a/>"])
    func parsingTakesExactlyOneElement(text: String) {
        for pool in [nil, ParserPool()] {
            #expect(throws: XMLFault.self) { try Element(parsing: text, pool: pool) }
            #expect(throws: Never.self) { try Element(parsing: " <a/>\n", pool: pool) }
        }
    }
}
