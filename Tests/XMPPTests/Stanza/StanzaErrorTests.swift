// Stanza errors: conditions, types, old numbers, details, and what strangers send.

import Testing
import XML
import XMPP

@Suite struct StanzaErrorTests {
    /// Condition, usual type (RFC 6120 §8.3.3), number (XEP-0086).
    static let table: [(StanzaError.Condition, String, StanzaError.Kind, Int)] = [
        (.badRequest, "bad-request", .modify, 400), (.conflict, "conflict", .cancel, 409),
        (.featureNotImplemented, "feature-not-implemented", .cancel, 501), (.forbidden, "forbidden", .auth, 403),
        (.gone, "gone", .cancel, 302), (.internalServerError, "internal-server-error", .cancel, 500),
        (.itemNotFound, "item-not-found", .cancel, 404), (.jidMalformed, "jid-malformed", .modify, 400),
        (.notAcceptable, "not-acceptable", .modify, 406), (.notAllowed, "not-allowed", .cancel, 405),
        (.notAuthorized, "not-authorized", .auth, 401), (.paymentRequired, "payment-required", .auth, 402),
        (.policyViolation, "policy-violation", .modify, 405),
        (.recipientUnavailable, "recipient-unavailable", .wait, 404), (.redirect, "redirect", .modify, 302),
        (.registrationRequired, "registration-required", .auth, 407),
        (.remoteServerNotFound, "remote-server-not-found", .cancel, 404),
        (.remoteServerTimeout, "remote-server-timeout", .wait, 504),
        (.resourceConstraint, "resource-constraint", .wait, 500),
        (.serviceUnavailable, "service-unavailable", .cancel, 503),
        (.subscriptionRequired, "subscription-required", .auth, 407),
        (.undefinedCondition, "undefined-condition", .cancel, 500),
        (.unexpectedRequest, "unexpected-request", .wait, 400),
    ]

    // IM-095
    @Test(arguments: table)
    func conditions(condition: StanzaError.Condition, name: String, type: StanzaError.Kind, code: Int) throws {
        let expected =
            "<error type='\(type.rawValue)' code='\(code)'>"
            + "<\(name) xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
        let error = StanzaError(condition)
        #expect(String(decoding: error.element.bytes(), as: UTF8.self) == expected)
        #expect(StanzaError(reading: try Element(parsing: expected)) == error)
    }

    @Test func tableIsComplete() {
        #expect(Set(Self.table.map(\.0)) == Set(StanzaError.Condition.allCases))
    }

    // XEP-0086: an error that has only a number.
    @Test(
        arguments: [
            (302, .redirect), (400, .badRequest), (401, .notAuthorized), (402, .paymentRequired), (403, .forbidden),
            (404, .itemNotFound), (405, .notAllowed), (406, .notAcceptable), (407, .registrationRequired),
            (408, .remoteServerTimeout), (409, .conflict), (500, .internalServerError), (501, .featureNotImplemented),
            (502, .serviceUnavailable), (503, .serviceUnavailable), (504, .remoteServerTimeout),
            (510, .serviceUnavailable), (0, .undefinedCondition), (200, .undefinedCondition), (-1, .undefinedCondition),
        ] as [(Int, StanzaError.Condition)])
    func numbersAlone(code: Int, condition: StanzaError.Condition) throws {
        let error = StanzaError(reading: try Element(parsing: "<error code='\(code)'>In words</error>"))
        #expect(error.condition == condition)
        #expect(error.type == condition.usualType)
        #expect(error.code == code)
        #expect(error.text == "In words")
    }

    // RFC 6120 §8.3.3.5 and §8.3.3.14
    @Test func newAddresses() throws {
        let gone = try Element(
            parsing: """
                <error by='example.net' type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>
                xmpp:romeo@afterlife.example.net
                </gone></error>
                """)
        let error = StanzaError(reading: gone)
        #expect(error.condition == .gone)
        #expect(try error.by == JID("example.net"))
        #expect(error.detail == "xmpp:romeo@afterlife.example.net")
        #expect(error.text == nil)
        let written = StanzaError(.redirect, detail: "xmpp:characters@conference.example.org").element
        #expect(written.child("redirect", NS.stanzas)?.text == "xmpp:characters@conference.example.org")
    }

    // RFC 6120 §8.3.4
    @Test func applicationConditions() throws {
        let xml = """
            <error type='modify' code='400'><too-many-parameters xmlns='http://example.org/ns'/>\
            <bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>\
            <text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'>No more than five.</text>\
            <text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='de'>Höchstens fünf.</text></error>
            """
        let error = StanzaError(reading: try Element(parsing: xml))
        #expect(error.condition == .badRequest && error.type == .modify)
        #expect(error.text == "No more than five." && error.language == "en")
        #expect(error.application == [Element("too-many-parameters", "http://example.org/ns")])
        #expect(StanzaError(reading: error.element) == error)
    }

    @Test func everythingReturns() throws {
        let error = StanzaError(
            .serviceUnavailable, type: .wait, code: 510, text: "Full", language: "en", by: try JID("a@b"),
            detail: "more", application: [Element("x", "urn:x") { "y" }])
        #expect(StanzaError(reading: error.element) == error)
    }

    @Test(
        arguments: [
            ("<error/>", .undefinedCondition, .cancel),
            ("<error type='auth'/>", .undefinedCondition, .auth),
            ("<error type='sorry'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>", .forbidden, .auth),
            (
                "<error type='wait'><tea xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>", .undefinedCondition,
                .wait
            ),
            ("<error code='404'><conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>", .conflict, .cancel),
            ("<error code='many'/>", .undefinedCondition, .cancel),
            ("<error by='@'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>", .gone, .cancel),
        ] as [(String, StanzaError.Condition, StanzaError.Kind)])
    func strangers(xml: String, condition: StanzaError.Condition, type: StanzaError.Kind) throws {
        let error = StanzaError(reading: try Element(parsing: xml))
        #expect(error.condition == condition && error.type == type)
    }
}
