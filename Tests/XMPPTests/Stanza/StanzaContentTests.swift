// The content RFC 6121 defines: texts in several languages, show, priority.

import Testing
import XML
import XMPP

@Suite struct StanzaContentTests {
    private func read(_ xml: String) throws -> Stanza { try Stanza(reading: Element(parsing: xml)) }

    @Test func textWithoutLanguageIsPreferred() throws {
        let both = try read("<message><body xml:lang='cs'>ano</body><body>yes</body><body>again</body></message>")
        #expect(both.body == "yes")
        let foreign = try read("<message><body xml:lang='cs'>ano</body><body xml:lang='de'>ja</body></message>")
        #expect(foreign.body == "ano")
        #expect(try read("<message><body xmlns='urn:other'>x</body></message>").body == nil)
    }

    // XEP-0045 §8.1: an empty subject is one that is there.
    @Test func emptySubjectIsThere() throws {
        #expect(try read("<message type='groupchat'><subject/></message>").subject == "")
        #expect(try read("<message type='groupchat'><body>x</body></message>").subject == nil)
        #expect(try read("<message><thread>e0ffe42b</thread></message>").thread == "e0ffe42b")
    }

    @Test(
        arguments: [
            ("away", .away), ("chat", .chat), ("dnd", .dnd), ("xa", .xa), ("online", nil), ("", nil), ("AWAY", nil),
        ] as [(String, Stanza.Show?)])
    func show(text: String, expected: Stanza.Show?) throws {
        #expect(try read("<presence><show>\(text)</show></presence>").show == expected)
    }

    @Test(
        arguments: [
            ("5", 5), ("-128", -128), ("127", 127), ("128", 0), ("-129", 0), (" 1\n", 1), ("", 0), ("x", 0), ("1.5", 0),
        ] as [(String, Int8)])
    func priority(text: String, expected: Int8) throws {
        #expect(try read("<presence><priority>\(text)</priority></presence>").priority == expected)
    }

    @Test func absentPresenceContent() throws {
        let stanza = try read("<presence/>")
        #expect(stanza.priority == 0 && stanza.show == nil && stanza.status == nil)
        #expect(try read("<presence><status>Wooing Juliet</status></presence>").status == "Wooing Juliet")
    }

    @Test func childIsFoundByNameAndNamespace() throws {
        let stanza = try read("<message><x xmlns='a' n='1'/><x xmlns='b' n='2'/><x xmlns='b' n='3'/></message>")
        #expect(stanza.child("x", "b")?["n"] == "2")
        #expect(stanza.child("y", "b") == nil)
    }
}
