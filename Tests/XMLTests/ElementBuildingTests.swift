// Elements made and changed in code.

import Testing

@testable import XML

@Suite struct ElementBuildingTests {
    @Test func buildsWhatTheParserReads() throws {
        let items = ["a", "b"].map { Element("item", "urn:x", ["id": $0]) }
        let absent: Element? = nil
        let isAsked = true
        let built = Element("message", "jabber:client", ["to": "r@m", "from": nil, "type": "chat"], language: "en") {
            Element("body", "jabber:client") { "Hello <all>" }
            "text"
            absent
            items
            if isAsked { Element("asked", "urn:own") }
            if !isAsked { "never" } else { Node.text("&") }
            for number in 1...2 { Element("n", "urn:x", ["v": "\(number)"]) }
        }
        let text =
            "<message to='r@m' type='chat' xml:lang='en'><body>Hello &lt;all&gt;</body>text<item xmlns='urn:x' id='a'/>"
            + "<item xmlns='urn:x' id='b'/><asked xmlns='urn:own'/>&amp;<n xmlns='urn:x' v='1'/>"
            + "<n xmlns='urn:x' v='2'/></message>"
        #expect(built.description == text)
        #expect(try Element(parsing: text) == built)
    }

    @Test func adjacentAndEmptyTextsBecomeOneNode() {
        let element = Element("a", "urn:a") { ["x", "", "y"].map { Node.text($0) } }
        #expect(Array(element.nodes) == [.text("xy")])
        #expect(Array(Element("a", "urn:a") { "" }.nodes).isEmpty)
    }

    @Test func partsOfOtherTreesAreCopiedWhole() throws {
        let source = try Element(parsing: Corpus.stanzas[18].replacing("<p:odd", with: "<r><p:odd") + "</r>")
        let part = try #require(source.firstChild)
        let wrapped = Element("wrap", "urn:other") {
            part
            part
        }
        #expect(wrapped.children.allSatisfy { $0 == part })
        #expect(try Element(parsing: wrapped.bytes(in: "urn:other"), in: "urn:other") == wrapped)
    }

    @Test func replacesAttributes() throws {
        let element = try Element(parsing: "<a to='1' xmlns:p='urn:p' p:to='2' own='3'><b/>x</a>")
        let replaced = element.replacingAttribute("to", with: "9")
        #expect(replaced["to"] == "9" && replaced.attribute("to", in: "urn:p") == "2" && replaced["own"] == "3")
        #expect(replaced.attributes.map(\.value) == ["9", "2", "3"])
        #expect(Array(replaced.nodes) == Array(element.nodes))
        #expect(element.replacingAttribute("from", with: "n").attributes.map(\.value) == ["1", "2", "3", "n"])
        #expect(element.replacingAttribute("to", with: nil).attributes.map(\.value) == ["2", "3"])
        #expect(element.replacingAttribute("own", with: nil)["own"] == nil)
        #expect(element.replacingAttribute("none", with: nil) == element)
        #expect(element.replacingAttribute("to", with: "1") == element)
    }

    @Test func keepsNodes() throws {
        let element = try Element(parsing: "<a k='v'>x<b/>y<c><b/></c></a>")
        let children = element.keepingNodes { if case .element = $0 { true } else { false } }
        #expect(children == (try Element(parsing: "<a k='v'><b/><c><b/></c></a>")))
        let texts = element.keepingNodes { if case .text = $0 { true } else { false } }
        #expect(Array(texts.nodes) == [.text("xy")] && texts["k"] == "v")
        #expect(element.keepingNodes { _ in true } == element)
    }

    @Test func aPartIsChangedWithoutItsNeighbours() throws {
        let tree = try Element(parsing: "<r><before/><a k='1'><b/></a><after/></r>")
        let part = try #require(tree.child("a", "jabber:client"))
        #expect(part.replacingAttribute("k", with: "2").description == "<a k='2'><b/></a>")
    }

    @Test func manyUnknownNamesAreKeptApart() throws {
        let names = (0..<500).map { "name\($0)" }
        let element = Element("r", "urn:r") {
            for name in names { Element(name, "urn:\(name)", [name: name]) }
        }
        #expect(element.children.map(\.name) == names)
        #expect(element.children.allSatisfy { $0.namespace == "urn:\($0.name)" && $0[$0.name] == $0.name })
        #expect(try Element(parsing: element.bytes()) == element)
    }
}
