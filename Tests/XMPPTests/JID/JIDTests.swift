// JIDs: parsing, parts, preparation, limits.

import Testing
import XMPP

@Suite struct JIDTests {
    // IM-016: the first slash parts the resource, then the first at sign the local part.
    @Test(
        arguments: [
            // RFC 7622 §3.5, the examples that are JIDs
            ("juliet@example.com", "juliet", "example.com", nil),
            ("juliet@example.com/foo", "juliet", "example.com", "foo"),
            ("juliet@example.com/foo bar", "juliet", "example.com", "foo bar"),
            ("juliet@example.com/foo@bar", "juliet", "example.com", "foo@bar"),
            ("foo\\20bar@example.com", "foo\\20bar", "example.com", nil),
            ("fussball@example.com", "fussball", "example.com", nil),
            ("fu\u{df}ball@example.com", "fu\u{df}ball", "example.com", nil),
            ("\u{3c0}@example.com", "\u{3c0}", "example.com", nil),
            ("\u{3c3}@example.com/foo", "\u{3c3}", "example.com", "foo"),
            ("\u{3c2}@example.com/foo", "\u{3c2}", "example.com", "foo"),
            ("king@example.com/\u{265a}", "king", "example.com", "\u{265a}"),
            ("example.com", nil, "example.com", nil),
            ("example.com/foobar", nil, "example.com", "foobar"),
            ("a.example.com/b@example.net", nil, "a.example.com", "b@example.net"),
            // and others
            ("192.0.2.7", nil, "192.0.2.7", nil),
            ("a@[2001:db8::7]/r", "a", "[2001:db8::7]", "r"),
            ("a@b/c/d@e", "a", "b", "c/d@e"),
            ("localhost/ ", nil, "localhost", " "),
        ] as [(String, String?, String, String?)])
    func prepared(text: String, local: String?, domain: String, resource: String?) throws {
        let jid = try JID(text)
        #expect(jid.local == local)
        #expect(jid.domain == domain)
        #expect(jid.resource == resource)
        #expect(jid.description == text)
        #expect(jid.isBare == (resource == nil))
        #expect(try JID(local: local, domain: domain, resource: resource) == jid)
    }

    // MUC-016, IM-017, IM-018, IM-019, IM-023: two spellings that prepare alike are one address, and only that is kept.
    @Test(arguments: [
        ("Juliet@Example.COM/Foo", "juliet@example.com/Foo"),
        ("\u{3a3}@example.com/foo", "\u{3c3}@example.com/foo"),
        ("FU\u{1e9e}BALL@example.com", "fu\u{df}ball@example.com"),
        ("juliet@example.com.", "juliet@example.com"),
        ("juliet@EXAMPLE.com./x", "juliet@example.com/x"),
        ("\u{ff2a}uliet@example.com", "juliet@example.com"),
        ("e\u{301}a@example.com", "\u{e9}a@example.com"),
        ("a@example.com/e\u{301}", "a@example.com/\u{e9}"),
        ("a@example.com/\u{a0}x\u{3000}", "a@example.com/ x "),
        ("a@b\u{fc}cher.example", "a@b\u{fc}cher.example"),
        ("a@xn--bcher-kva.example", "a@b\u{fc}cher.example"),
        ("a@XN--BCHER-KVA.example", "a@b\u{fc}cher.example"),
        ("a@B\u{dc}CHER.Example", "a@b\u{fc}cher.example"),
        ("a@bu\u{308}cher.example", "a@b\u{fc}cher.example"),
        ("a@fa\u{df}.example", "a@fa\u{df}.example"),
        ("a@\u{ff45}xample\u{3002}com", "a@example.com"),
        ("a@[2001:DB8::7]", "a@[2001:db8::7]"),
    ])
    func prepares(text: String, expected: String) throws {
        let jid = try JID(text)
        #expect(Array(jid.description.utf8) == Array(expected.utf8))
        let again = try JID(expected)
        #expect(jid == again)
        #expect(jid.hashValue == again.hashValue)
        #expect(jid.bare == again.bare)
    }

    // MUC-016, MUC-017: what is no address, and why.
    @Test(
        arguments: [
            ("", .domain(.empty)),
            ("@example.com", .local(.empty)),
            ("a@", .domain(.empty)),
            ("a@/b", .domain(.empty)),
            ("/b", .domain(.empty)),
            ("a@example.com/", .resource(.empty)),
            ("\"juliet\"@example.com", .local(.forbidden("\""))),
            ("foo bar@example.com", .local(.forbidden(" "))),
            ("a&b@example.com", .local(.forbidden("&"))),
            ("a'b@example.com", .local(.forbidden("'"))),
            ("a:b@example.com", .local(.forbidden(":"))),
            ("a<b@example.com", .local(.forbidden("<"))),
            ("a>b@example.com", .local(.forbidden(">"))),
            ("a\u{ff20}b@example.com", .local(.forbidden("@"))),
            ("a\u{ff0f}b@example.com", .local(.forbidden("/"))),
            ("henry\u{2163}@example.com", .local(.forbidden("\u{2173}"))),
            ("\u{265a}@example.com", .local(.forbidden("\u{265a}"))),
            ("a\u{200b}@example.com", .local(.forbidden("\u{200b}"))),
            ("a\u{5d0}@example.com", .local(.direction)),
            ("a@b@c", .domain(.forbidden("@"))),
            ("a@ex ample", .domain(.forbidden(" "))),
            ("a@under_score", .domain(.forbidden("_"))),
            ("a@b..c", .domain(.notADomain)),
            ("a@.b", .domain(.notADomain)),
            ("a@.", .domain(.notADomain)),
            ("a@b..", .domain(.notADomain)),
            ("a@-b", .domain(.notADomain)),
            ("a@b-", .domain(.notADomain)),
            ("a@b-.c", .domain(.notADomain)),
            ("a@xn--", .domain(.notADomain)),
            ("a@xn--\u{fc}", .domain(.notADomain)),
            ("a@xn--zzzzzzzzz", .domain(.notADomain)),
            ("a@xn--bcher-2pa", .domain(.notADomain)),  // capitals
            ("a@xn--bucher-xyd", .domain(.notADomain)),  // decomposed
            ("a@xn--x-0q0i", .domain(.notADomain)),  // fullwidth
            ("a@xn--ab-r13a", .domain(.notADomain)),  // an ideographic full stop
            ("a@xn--45h", .domain(.notADomain)),  // a symbol
            ("a@xn--abc-", .domain(.notADomain)),  // plain ASCII
            ("a@xn--a-zhc", .domain(.notADomain)),  // a direction
            ("a@\u{265a}", .domain(.notADomain)),
            ("a@b\u{ff20}c", .domain(.forbidden("@"))),
            ("a@b\u{0}c", .domain(.forbidden("\0"))),
            ("a@\u{fc}\u{0}c", .domain(.forbidden("\0"))),
            ("a@[::1", .domain(.notADomain)),
            ("a@[1::2::3]", .domain(.notADomain)),
            ("a@[fe80::1%25eth0]", .domain(.notADomain)),
            ("a@example.com/a\u{7}", .resource(.forbidden("\u{7}"))),
            ("a@example.com/\u{7f}", .resource(.forbidden("\u{7f}"))),
            ("a@example.com/\u{200b}", .resource(.forbidden("\u{200b}"))),
            ("a@example.com/\u{e000}", .resource(.forbidden("\u{e000}"))),
        ] as [(String, JIDFault)])
    func refuses(text: String, fault: JIDFault) {
        #expect(throws: fault) { try JID(text) }
    }

    @Test func refusesSeparatorsInParts() {
        #expect(throws: JIDFault.local(.forbidden("@"))) { try JID(local: "a@b", domain: "c", resource: nil) }
        #expect(throws: JIDFault.local(.forbidden("/"))) { try JID(local: "a/b", domain: "c", resource: nil) }
        #expect(throws: JIDFault.domain(.forbidden("/"))) { try JID(local: nil, domain: "b/c", resource: nil) }
        #expect(throws: JIDFault.domain(.forbidden("@"))) { try JID(local: nil, domain: "b@c", resource: nil) }
        #expect(throws: JIDFault.local(.empty)) { try JID(local: "", domain: "c", resource: nil) }
        #expect(throws: JIDFault.resource(.empty)) { try JID(local: nil, domain: "c", resource: "") }
        #expect(throws: JIDFault.domain(.empty)) { try JID(local: "a", domain: "", resource: nil) }
    }

    // IM-016
    @Test(arguments: ["x", "\u{e9}"]) func limitsParts(unit: String) throws {
        let most = String(repeating: unit, count: 1023 / unit.utf8.count)
        #expect(try JID("\(most)@d/\(most)").resource == most)
        #expect(throws: JIDFault.local(.tooLong)) { try JID("\(most)\(unit)@d") }
        #expect(throws: JIDFault.resource(.tooLong)) { try JID("d/\(most)\(unit)") }
        #expect(throws: JIDFault.resource(.tooLong)) { try JID("d").with(resource: most + unit) }
    }

    // IM-016, IM-017
    @Test func limitsDomains() throws {
        let label = String(repeating: "x", count: 63)
        #expect(try JID(label).domain == label)
        #expect(throws: JIDFault.domain(.notADomain)) { try JID(label + "x") }
        #expect(throws: JIDFault.domain(.notADomain)) { try JID(label + "x.\u{fc}") }
        let most = Array(repeating: label, count: 16).joined(separator: ".")
        #expect(try JID(most).domain == most)
        #expect(try JID("a@" + most + "./r").domain == most)
        #expect(throws: JIDFault.domain(.tooLong)) { try JID(most + ".y") }
    }

    @Test func refusesEndlessTextUnread() {
        let most = String(repeating: "x", count: 1023)
        #expect(throws: JIDFault.domain(.notADomain)) { try JID("\(most)@\(most)/\(most)") }
        #expect(throws: JIDFault.tooLong) { try JID("\(most)@\(most)/\(most)x") }
        #expect(throws: JIDFault.tooLong) { try JID("d").with(resource: String(repeating: "x", count: 3072)) }
        #expect(throws: JIDFault.tooLong) { try JID(local: most + "x", domain: most, resource: most) }
    }

    @Test func changesParts() throws {
        let full = try JID("room@chat.example/Nick")
        #expect(full.bare.description == "room@chat.example")
        #expect(full.bare.bare == full.bare)
        #expect(full.domainOnly.description == "chat.example")
        #expect(full.domainOnly.domainOnly.local == nil)
        #expect(try full.with(resource: "e\u{301}").description == "room@chat.example/\u{e9}")
        #expect(try full.bare.with(resource: "Nick") == full)
        #expect(throws: JIDFault.resource(.empty)) { try full.with(resource: "") }
        #expect(throws: JIDFault.resource(.forbidden("\n"))) { try full.with(resource: "a\nb") }
        let inner = try JID("b\u{fc}cher.example/x").with(resource: "y/z")
        #expect(inner.domain == "b\u{fc}cher.example")
        #expect(inner.resource == "y/z")
    }

    @Test func ordersByText() throws {
        let texts = ["b@x", "a@x/r", "a@x", "x"]
        #expect(try texts.map { try JID($0) }.sorted().map(\.description) == texts.sorted())
    }
}
