// Answers: who gets them, what is echoed, and what must never be answered.

import Testing
import XML
import XMPP

@Suite struct StanzaRepliesTests {
    private let request =
        "<iq from='a@b/c' to='room@chat.example' id='q1' type='get'><query xmlns='jabber:iq:last'/></iq>"

    // IM-104: the id of a request is echoed in its answer.
    @Test func result() throws {
        let stanza = try Stanza(reading: Element(parsing: request))
        let answer = stanza.result([Element("query", NS.last, ["seconds": "3"])])
        #expect(
            answer.description == "<iq to='a@b/c' from='room@chat.example' id='q1' type='result'>"
                + "<query xmlns='jabber:iq:last' seconds='3'/></iq>")
        #expect(stanza.result().payload.isEmpty)
    }

    // IM-095: an error swaps the addresses, keeps the id, and may echo the payload.
    @Test func error() throws {
        let stanza = try Stanza(reading: Element(parsing: request))
        let answer = stanza.error(StanzaError(.forbidden))
        #expect(answer.kind == .iq && answer.type == .error && answer.id == "q1")
        #expect(answer.from == stanza.to && answer.to == stanza.from)
        #expect(answer.payload.map(\.name) == ["error"])
        #expect(stanza.error(StanzaError(.forbidden), echoing: true).payload.map(\.name) == ["query", "error"])
        #expect(answer.failure == StanzaError(.forbidden))
    }

    @Test(arguments: [
        ("<message type='chat'/>", true), ("<message/>", true), ("<message type='headline'/>", true),
        ("<presence/>", true), ("<presence type='unavailable'/>", true), ("<presence type='error'/>", false),
        ("<message type='error'><error type='cancel'/></message>", false),
        ("<iq type='get' id='1'><a xmlns='a'/></iq>", true), ("<iq type='set' id='1'><a xmlns='a'/></iq>", true),
        ("<iq type='result' id='1'/>", false), ("<iq type='error' id='1'/>", false),
    ])
    func answerable(xml: String, expected: Bool) throws {
        #expect(try Stanza(reading: Element(parsing: xml)).isAnswerable == expected)
    }

    @Test func failureOnlyOfErrors() throws {
        #expect(try Stanza(reading: Element(parsing: "<message><error code='404'/></message>")).failure == nil)
        let bare = try Stanza(reading: Element(parsing: "<message type='error'/>"))
        #expect(bare.failure?.condition == .undefinedCondition)
        let old = try Stanza(reading: Element(parsing: "<message type='error'><error code='404'/></message>"))
        #expect(old.failure?.condition == .itemNotFound)
    }
}
