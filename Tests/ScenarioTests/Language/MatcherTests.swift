// Shows which stanzas are the ones described, and which are not.

import Testing
import XML
import XMPP

@testable import ScenarioKit

@Suite struct MatcherTests {
    private let now = Moment(milliseconds: 1_791_849_517_000)

    private func match(
        _ pattern: String, _ stanza: String, _ values: [String: String] = [:]
    ) throws -> Result<Bindings, Mismatch> {
        let pattern = try #require(try ElementPattern.read(pattern).first)
        let stanza = try Element(parsing: stanza)
        let bindings = Bindings(values, now: now)
        return Result { () throws(Mismatch) in try pattern.matchStanza(stanza, bindings) }
    }

    private func isMatch(_ pattern: String, _ stanza: String, _ values: [String: String] = [:]) throws -> Bool {
        if case .success = try match(pattern, stanza, values) { true } else { false }
    }

    @Test(arguments: [
        ("<message/>", "<message to='x' from='y' id='z'/>"),
        ("<message/>", "<message type='normal'/>"),
        ("<message from='a@b'/>", "<message to='x' from='a@b'/>"),
        ("<message><body>hi</body></message>", "<message><body>hi</body></message>"),
        ("<message>…</message>", "<message>any <body>hi</body> text</message>"),
        ("<message>…<b/></message>", "<message><a/><b/><c/></message>"),
        ("<message><b/><a/></message>", "<message><a/><b/></message>"),
        ("<message>\n  <a/>\n</message>", "<message><a/></message>"),
        ("<message><body>…</body></message>", "<message><body>hi <b/></body></message>"),
        ("<message><body>Hi …!</body></message>", "<message><body>Hi you!</body></message>"),
        ("<message id='…'/>", "<message id='7'/>"),
        ("<message><x xmlns='a'/></message>", "<message><p:x xmlns:p='a'/></message>"),
        ("<message xml:lang='de'/>", "<message xml:lang='de'/>"),
        // the first fitting child is the wrong one for the second
        ("<m><i a='{x}'/><i a='1'/></m>", "<m><i a='1'/><i a='2'/></m>"),
    ])
    func fits(pattern: String, stanza: String) throws {
        let outcome = try match(pattern, stanza)
        #expect(throws: Never.self) { try outcome.get() }
    }

    @Test(arguments: [
        ("<message/>", "<presence/>", "<presence/> is not <message>"),
        ("<message/>", "<message type='error'/>", "has type 'error'"),
        ("<message/>", "<message><body/></message>", "more than was described"),
        ("<message/>", "<message>text</message>", "says \"text\""),
        ("<message id='1'/>", "<message/>", "has no attribute id"),
        ("<message id='1'/>", "<message id='2'/>", "id='2' is not '1'"),
        ("<message id='…'/>", "<message/>", "has no attribute id"),
        ("<message><a/></message>", "<message/>", "has no fitting <a/>"),
        ("<message><a/><a/></message>", "<message><a/></message>", "has no fitting <a/>"),
        ("<message><x xmlns='a'/></message>", "<message><x xmlns='b'/></message>", "is in b, not in a"),
        ("<message><body>hi</body></message>", "<message><body>ho</body></message>", "says \"ho\", not \"hi\""),
        ("<message><body/></message>", "<message><body>ho</body></message>", "says \"ho\""),
        ("<message>…<b>1</b></message>", "<message><a/><b>2</b></message>", "says \"2\""),
        ("<message xml:lang='de'/>", "<message xml:lang='en'/>", "lang='en' is not 'de'"),
        ("<m a='{x}' b='{x}'/>", "<m a='1' b='2'/>", "b='2' is not '{x}'"),
    ])
    func fails(pattern: String, stanza: String, because: String) throws {
        guard case .failure(let mismatch) = try match(pattern, stanza) else {
            Issue.record("it fits")
            return
        }
        #expect(mismatch.description.contains(because.replacing("<message>", with: "<message")), "\(mismatch)")
    }

    @Test func captures() throws {
        let found = try match("<m id='{id}' from='coven@{muc}/{nick}'/>", "<m id='7' from='coven@c/n'/>", ["muc": "c"])
            .get()
        #expect(found["id"] == "7")
        #expect(found["nick"] == "n")
        #expect(try isMatch("<m id='{id}'/>", "<m id='7'/>", ["id": "7"]))
        #expect(!(try isMatch("<m id='{id}'/>", "<m id='8'/>", ["id": "7"])))
        #expect(!(try isMatch("<m id='{id}'/>", "<m id=''/>")), "nothing is captured from nothing")
        #expect(try isMatch("<m id='{not a name}'/>", "<m id='{not a name}'/>"))
    }

    @Test func time() throws {
        #expect(try isMatch("<d stamp='{now}'/>", "<d stamp='2026-10-12T23:58:37.002Z'/>"))
        #expect(try isMatch("<d stamp='{now}'/>", "<d stamp='20261012T23:58:37'/>"))
        #expect(try isMatch("<d stamp='{now-10m}'/>", "<d stamp='2026-10-12T23:48:37Z'/>"))
        #expect(!(try isMatch("<d stamp='{now}'/>", "<d stamp='2026-10-12T23:58:39Z'/>")))
        #expect(!(try isMatch("<d stamp='{now}'/>", "<d stamp='soon'/>")))
    }

    @Test func anywhere() throws {
        let pattern = try #require(try ElementPattern.read("<status xmlns='u' code='110'/>").first)
        let bindings = Bindings(now: now)
        #expect(pattern.isAnywhere(in: try Element(parsing: "<m><x xmlns='u'><status code='110'/></x></m>"), bindings))
        #expect(!pattern.isAnywhere(in: try Element(parsing: "<m><x xmlns='u'><status code='100'/></x></m>"), bindings))
    }

    @Test func filling() throws {
        let bindings = Bindings(["muc": "c", "Hag66/phone": "h@d/phone", "odd": "<&'>"], now: now)
        #expect(try bindings.fill("<m to='coven@{muc}' x='{Hag66/phone}'/>") == "<m to='coven@c' x='h@d/phone'/>")
        #expect(try bindings.fill("{odd}") == "&lt;&amp;&apos;&gt;")
        #expect(try bindings.fill("{now-5m} {}") == "2026-10-12T23:53:37Z {}")
        #expect(throws: Bindings.UnknownName.self) { try bindings.fill("{later}") }
    }

    /// Of several in any order, each has to be a different one.
    @Test func casting() throws {
        func expectation(_ pattern: String, _ who: String) throws -> ExpectedStanza {
            ExpectedStanza(line: 1, who: who, pattern: try #require(try ElementPattern.read(pattern).first), absent: [])
        }
        let expected = [
            try expectation("<a n='{x}'/>", "A"), try expectation("<a n='1'/>", "A"),
            try expectation("<b n='{x}'/>", "B"),
        ]
        let open = [
            "A": [try Element(parsing: "<a n='1'/>"), try Element(parsing: "<a n='2'/>")],
            "B": [try Element(parsing: "<b n='2'/>")],
        ]
        var casting = Casting()
        #expect(casting.assign(expected[...], open, Bindings(now: now))?["x"] == "2")
        var wrong = open
        wrong["B"] = [try Element(parsing: "<b n='3'/>")]
        #expect(casting.assign(expected[...], wrong, Bindings(now: now)) == nil)
        #expect(casting.farthest.expectation?.who == "B")
    }
}
