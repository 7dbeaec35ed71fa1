// The writer: namespaces, escaping, and that what it writes can be read.

import Testing

@testable import XML

@Suite struct XMLWriterTests {
    private func written(
        in namespace: String = "jabber:client", _ write: (inout XMLWriter) -> Void
    ) -> String {
        var writer = XMLWriter(in: namespace)
        write(&writer)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(writer.finish() == Array(text.utf8))
        return text
    }

    @Test func declaresNamespacesWhereTheyChange() {
        let text = written { writer in
            writer.open("message", "jabber:client")
            writer.attribute("to", "a@b")
            writer.language("en")
            writer.open("x", "urn:x")
            writer.attribute("k", "v")
            writer.open("y", "urn:x")
            writer.close()
            writer.open("message", "jabber:client")
            writer.open("z", "urn:x")
            writer.close()
            writer.close()
            writer.open("w", "")
            writer.text("t")
            writer.close()
            writer.close()
            writer.open("body", "jabber:client")
            writer.text("")
            writer.close()
            writer.close()
        }
        #expect(
            text == "<message to='a@b' xml:lang='en'><x xmlns='urn:x' k='v'><y/><message xmlns='jabber:client'>"
                + "<z xmlns='urn:x'/></message><w xmlns=''>t</w></x><body/></message>")
    }

    @Test func writesSeveralElementsInAnOuterNamespace() {
        let text = written(in: "jabber:server") { writer in
            for namespace in ["jabber:server", "jabber:client", "jabber:server"] {
                writer.open("a", namespace)
                writer.close()
            }
        }
        #expect(text == "<a/><a xmlns='jabber:client'/><a/>")
    }

    @Test func escapes() {
        let text = written { writer in
            writer.open("a", "urn:'&<\t")
            writer.attribute("k", "<>&'\"\t\n\r\u{0}\u{1F}\u{FFFE}\u{7F}\u{FFFD}é")
            writer.text("<>&'\"\t\n\r\u{0}\u{1F}\u{FFFF}]]>\u{1FFFE}é")
            writer.close()
        }
        #expect(
            text == "<a xmlns='urn:&apos;&amp;&lt;&#9;' k='&lt;&gt;&amp;&apos;\"&#9;&#10;&#13;\u{FFFD}\u{FFFD}\u{FFFD}"
                + "\u{7F}\u{FFFD}é'>&lt;&gt;&amp;'\"\t\n&#13;\u{FFFD}\u{FFFD}\u{FFFD}]]&gt;\u{1FFFE}é</a>")
    }

    @Test func prefixesAreMadeForAttributesWithNamespaces() throws {
        let source = "<a xmlns:p='urn:p' xmlns:q='urn:q' p:k='1' q:k='2' k='3' xml:space='preserve'><xml:b/></a>"
        let element = try Element(parsing: source)
        let text = element.description
        #expect(
            text == "<a xmlns:ns0='urn:p' ns0:k='1' xmlns:ns1='urn:q' ns1:k='2' k='3' xml:space='preserve'>"
                + "<xml:b/></a>")
        #expect(try Element(parsing: text) == element)
    }

    @Test func elementsAreWrittenWithinOthers() throws {
        let part = try Element(parsing: "<x xmlns='urn:x'><y/><z xmlns='jabber:client'/></x>")
        let text = written { writer in
            writer.open("iq", "jabber:client")
            writer.element(part)
            writer.element(part)
            writer.close()
        }
        #expect(text == "<iq>\(part)\(part)</iq>")
    }

    @Test(arguments: Corpus.stanzas) func theCorpusIsReadAgain(stanza: String) throws {
        let reading = Reading(Corpus.header + stanza)
        let element = try #require(reading.stanzas.first)
        for namespace in ["jabber:client", "jabber:server", ""] {
            #expect(try Element(parsing: element.bytes(in: namespace), in: namespace) == element)
        }
    }

    /// Random strings of hard characters through builder, writer and parser.
    @Test func randomTextsAreReadAgain() throws {
        var random = SeededGenerator(seed: 7)
        let hard: [Unicode.Scalar] = [
            "<", ">", "&", "'", "\"", "]", "\t", "\n", "\r", " ", "a", "é", "\u{0}", "\u{B}", "\u{1F}", "\u{7F}",
            "\u{85}", "\u{2028}", "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "\u{FEFF}", "🦉", "\u{1FFFF}", "\u{EFFF}",
        ]
        for _ in 0..<500 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0..<40, using: &random) {
                text.append(hard[Int.random(in: 0..<hard.count, using: &random)])
            }
            let string = String(text)
            let built = Element("a", "urn:a", ["k": string], language: string) { string }
            let permitted = String(String.UnicodeScalarView(text.map(Self.permitted)))
            #expect(built.text.utf8.elementsEqual(permitted.utf8))
            let read = try Element(parsing: built.bytes())
            #expect(read == built && read["k"]?.utf8.elementsEqual(permitted.utf8) == true)
            var writer = XMLWriter()
            writer.open("a", "urn:a")
            writer.attribute("k", string)
            writer.language(string)
            writer.text(string)
            writer.close()
            #expect(try Element(parsing: writer.finish()) == built)
        }
    }

    private static func permitted(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x9, 0xA, 0xD: scalar
        case 0..<0x20, 0xFFFE, 0xFFFF: "\u{FFFD}"
        default: scalar
        }
    }

    @Test func misuseTraps() async {
        await #expect(processExitsWith: .failure) {
            var writer = XMLWriter()
            writer.open("a b", "urn:a")
        }
        await #expect(processExitsWith: .failure) {
            var writer = XMLWriter()
            writer.open("a", "urn:a")
            writer.attribute("k", "1")
            writer.attribute("k", "2")
        }
        await #expect(processExitsWith: .failure) {
            var writer = XMLWriter()
            writer.open("a", "urn:a")
            writer.text("x")
            writer.attribute("k", "1")
        }
        await #expect(processExitsWith: .failure) {
            var writer = XMLWriter()
            writer.open("a", "urn:a")
            _ = writer.bytes
        }
        await #expect(processExitsWith: .failure) { _ = Element("a", "urn:a", ["xmlns": "urn:b"]) }
    }

    @Test func whatWasWrittenBefore() throws {
        let child = try Element(parsing: "<a xmlns='urn:x'><b/></a>").bytes()
        var writer = XMLWriter(in: "jabber:client")
        writer.open("message", "jabber:client")
        writer.written(child[...], in: "jabber:client")
        writer.open("f", "urn:f")
        writer.written(Array("<message/>".utf8)[...], in: "jabber:client")
        writer.written(Array("<message id='1'>&lt;</message>".utf8)[...], in: "jabber:client")
        writer.written(Array("<g/>".utf8)[...], in: "urn:f")
        writer.close()
        writer.close()
        #expect(
            String(decoding: writer.finish(), as: UTF8.self) == """
                <message><a xmlns='urn:x'><b/></a><f xmlns='urn:f'><message xmlns='jabber:client'/>\
                <message xmlns='jabber:client' id='1'>&lt;</message><g/></f></message>
                """)
    }
}

/// A small generator whose sequence is the same for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
