// The size of an element without writing it.

import Testing
import XML

@Suite("Element size")
struct ElementSizeTests {
    @Test("Where nothing is escaped or declared it is the size on the wire")
    func plain() {
        let element = Element("body", "jabber:client", ["a": "12"]) {
            "hello"
            Element("x", "jabber:client") { "Grüße" }
        }
        #expect(element.byteCount == element.bytes().count)
        #expect(Element("x", "jabber:client").byteCount == "<x></x>".utf8.count)
    }

    @Test("A child's size is its own, not that of its tree")
    func child() throws {
        let tree = try Element(parsing: "<a b='c'>text<x>1</x><y>2</y></a>")
        #expect(tree.children.map(\.byteCount) == [8, 8])
    }
}
