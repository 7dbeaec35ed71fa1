// Elements: what is asked of them, and when two are equal.

import Testing

@testable import XML

@Suite struct ElementTests {
    @Test func answersQueries() throws {
        let element = try Element(
            parsing: "<message to='a@b' p:to='other' xmlns:p='urn:p' xml:lang='de' id=''>one<body>hi</body>two"
                + "<x xmlns='urn:unknown'>deep</x><body xml:lang='en'>ho</body><body xmlns='urn:p'/>three</message>")
        #expect(element.name == "message" && element.namespace == "jabber:client")
        #expect(element.is("message", "jabber:client"))
        #expect(!element.is("message", "jabber:clien") && !element.is("messag", "jabber:client"))
        #expect(!element.is("", "") && !element.is("presence", "jabber:client"))
        #expect(element["to"] == "a@b" && element["id"]?.isEmpty == true)
        #expect(element["lang"] == nil && element["p:to"] == nil && element["from"] == nil)
        #expect(element.attribute("to", in: "urn:p") == "other" && element.attribute("to", in: "") == "a@b")
        #expect(element.attribute("to", in: "urn:q") == nil && element.attribute("id", in: "urn:p") == nil)
        #expect(element.language == "de")
        #expect(element.text == "onetwothree")
        #expect(element.children.map(\.name) == ["body", "x", "body", "body"])
        #expect(element.child("body", "jabber:client")?.text == "hi")
        #expect(element.child("body", "urn:p")?.text.isEmpty == true)
        #expect(element.child("x", "urn:unknown")?.text == "deep" && element.child("x", "jabber:client") == nil)
        #expect(element.firstChild?.name == "body" && element.firstChild?.firstChild == nil)
        #expect(element.children.map(\.language) == [nil, nil, "en", nil])
    }

    @Test func knowsItsSize() throws {
        for text in ["<a/>", "<a>text</a>", "<message to='x'><body>hello</body><x/></message>"] {
            let size = try Element(parsing: text).byteCount
            let tags = text.split(separator: "/>", omittingEmptySubsequences: false).count - 1
            #expect(size >= text.utf8.count && size <= text.utf8.count + 8 * tags)
        }
    }

    @Test func attributesAreInOrderWithNamespaces() throws {
        let element = try Element(parsing: "<a b='1' xmlns:p='urn:p' p:b='2' xml:lang='en' c='3'/>")
        #expect(element.attributes.map(\.name) == ["b", "b", "lang", "c"])
        #expect(element.attributes.map(\.namespace) == ["", "urn:p", "http://www.w3.org/XML/1998/namespace", ""])
        #expect(element.attributes.map(\.value) == ["1", "2", "en", "3"])
    }

    @Test func nodesKeepTheOrderOfTextAndChildren() throws {
        let element = try Element(parsing: "<a>1&amp;<b>x</b><c/>2<![CDATA[3]]>\n4</a>")
        let nodes = Array(element.nodes)
        #expect(nodes.count == 4)
        #expect(nodes.first == .text("1&") && nodes.last == .text("23\n4"))
        #expect(nodes[1] == .element(Element("b", "jabber:client") { "x" }))
    }

    /// A precomposed letter and its decomposition are equal strings and different names (RFC 6120 §11.6).
    @Test func namesAreComparedByBytes() throws {
        let precomposed = try Element(parsing: "<\u{E9} xmlns='urn:\u{E9}' \u{E9}='1'/>")
        #expect(precomposed.is("\u{E9}", "urn:\u{E9}") && precomposed["\u{E9}"] == "1")
        #expect(!precomposed.is("\u{E9}", "urn:e\u{301}") && precomposed["e\u{301}"] == nil)
    }

    @Test(arguments: [
        "<a/>", "<a xmlns=''/>", "<b/>", "<a b='1'/>", "<a b='2'/>", "<a c='1'/>", "<a xmlns:p='urn:p' p:b='1'/>",
        "<a>x</a>", "<a>y</a>", "<a><b/></a>", "<a><b/>x</a>", "<a>x<b/></a>", "<a><b>x</b></a>", "<a><b/><b/></a>",
        "<a><b><b/></b></a>", "<a xmlns='urn:own'/>", "<own/>", "<a own='1'/>", "<a b='1' c='2'/>",
    ])
    func unequalElementsDiffer(text: String) throws {
        let element = try Element(parsing: text)
        let others = [
            "<a/>", "<a xmlns=''/>", "<b/>", "<a b='1'/>", "<a b='2'/>", "<a c='1'/>", "<a xmlns:p='urn:p' p:b='1'/>",
            "<a>x</a>", "<a>y</a>", "<a><b/></a>", "<a><b/>x</a>", "<a>x<b/></a>", "<a><b>x</b></a>",
            "<a><b/><b/></a>", "<a><b><b/></b></a>", "<a xmlns='urn:own'/>", "<own/>", "<a own='1'/>",
            "<a b='1' c='2'/>",
        ]
        for other in others {
            #expect(try (Element(parsing: other) == element) == (other == text), "\(other)")
        }
    }

    @Test func equalityIsOfMeaningNotOfSpelling() throws {
        let one = try Element(parsing: "<p:a xmlns:p='urn:p' b='&#49;' c=\"2\">x<![CDATA[y]]><e></e></p:a>")
        let other = try Element(parsing: "<a xmlns='urn:p' c='2' b='1'>xy<e xmlns='jabber:client'/></a>")
        #expect(one == other)
        #expect(try Element(parsing: "<r><x/><a>1</a></r>").child("a", "jabber:client") == Element(parsing: "<a>1</a>"))
    }
}
