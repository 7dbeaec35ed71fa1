// Resource binding (RFC 6120 §7).

import Testing
import XML
import XMPP

@testable import Streams

struct ClientStreamBindingTests {
    private func element(_ said: [String]) throws -> Element {
        #expect(said.count == 1)
        return try Element(parsing: try #require(said.first))
    }

    /// IM-087, IM-088: with and without a wish, prepared before anybody sees it.
    @Test(arguments: [
        (nil, "[bind any]"), ("", "[bind any]"), ("balcony", "[bind balcony]"),
        ("caf\u{65}\u{301}", "[bind caf\u{E9}]"),
    ])
    func asksForAResource(wish: String?, expected: String) throws {
        let stream = try ClientStream.authenticated()
        #expect(stream.hears(bindRequest(wish)) == [expected])
        #expect(stream.boundJID == nil)
        let reply = try element(told(stream.bound(try JID("romeo@example.org/given"))))
        #expect(reply.name == "iq")
        #expect(reply["type"] == "result")
        #expect(reply["id"] == "b1")
        #expect(reply.child("bind", bindNamespace)?.child("jid", bindNamespace)?.text == "romeo@example.org/given")
        #expect(stream.boundJID?.description == "romeo@example.org/given")
    }

    /// IM-088: a resource that cannot be prepared.
    @Test func impossibleResource() throws {
        let stream = try ClientStream.authenticated()
        let reply = try element(stream.hears(bindRequest("tab&#9;bed")))
        #expect(reply["type"] == "error")
        #expect(reply.child("error", "jabber:client")?["type"] == "modify")
        #expect(
            reply.child("error", "jabber:client")?.child("bad-request", "urn:ietf:params:xml:ns:xmpp-stanzas") != nil)
        #expect(stream.hears(bindRequest("bed")) == ["[bind bed]"])
    }

    /// The owner may refuse, and the client may ask again, but not for ever.
    @Test func refusals() throws {
        let stream = try ClientStream.authenticated(limits: StreamLimits(refusedBindings: 2))
        _ = stream.hears(bindRequest("balcony"))
        let reply = try element(told(stream.bindRefused(StanzaError(.conflict))))
        #expect(
            reply.child("error", "jabber:client")?.child("conflict", "urn:ietf:params:xml:ns:xmpp-stanzas") != nil)
        _ = stream.hears(bindRequest("balcony"))
        #expect(
            told(stream.bindRefused(StanzaError(.resourceConstraint))).dropFirst()
                == ArraySlice(ending("policy-violation", "too many refused bindings")))
    }

    /// IM-037: nothing but binding before binding.
    @Test(arguments: [
        "<presence/>", "<message to='juliet@example.org'/>",
        "<iq type='get' id='1'><query xmlns='jabber:iq:roster'/></iq>",
        "<iq type='set' id='1'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>",
        "<iq type='get' id='1'><bind xmlns='\(bindNamespace)'/></iq>",
    ])
    func stanzasBeforeBinding(stanza: String) throws {
        #expect(try ClientStream.authenticated().hears(stanza) == ending("not-authorized"))
    }

    /// IM-091: one resource for a stream.
    @Test func secondBinding() throws {
        let stream = try ClientStream.bound()
        let reply = try element(stream.hears(bindRequest("window", id: "b2")))
        #expect(reply["id"] == "b2")
        #expect(reply.child("error", "jabber:client")?["type"] == "cancel")
        #expect(
            reply.child("error", "jabber:client")?.child("not-allowed", "urn:ietf:params:xml:ns:xmpp-stanzas") != nil)
        #expect(stream.boundJID?.description == "romeo@example.org/balcony")
    }

    /// IM-092: the session of old clients.
    @Test(arguments: ["", " to='example.org'"])
    func session(to: String) throws {
        let stream = try ClientStream.bound()
        let reply = try element(
            stream.hears("<iq type='set' id='s1'\(to)><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>"))
        #expect(reply["type"] == "result")
        #expect(reply["id"] == "s1")
    }

    /// The same requests to somebody else are none of the stream's business.
    @Test(arguments: ["juliet@example.org", "example.net", "romeo@example.org/window"])
    func requestsToOthers(to: String) throws {
        for payload in ["<session xmlns='urn:ietf:params:xml:ns:xmpp-session'/>", "<bind xmlns='\(bindNamespace)'/>"] {
            let said = try ClientStream.bound().hears("<iq type='set' id='s1' to='\(to)'>\(payload)</iq>")
            #expect(said.count == 1)
            #expect(said.first?.hasPrefix("[stanza] <iq to='\(to)'") == true)
        }
    }

    /// A request without what every request needs is the owner's to answer.
    @Test func withoutID() throws {
        let stream = try ClientStream.authenticated()
        #expect(
            stream.hears("<iq type='set'><bind xmlns='\(bindNamespace)'/></iq>") == ["[malformed]"])
    }

    /// What is sent behind the request waits for the answer, and comes in its order.
    @Test func pipelining() throws {
        let stream = try ClientStream.authenticated()
        #expect(stream.hears(bindRequest("balcony") + "<presence id='1'/>") == ["[bind balcony]"])
        #expect(stream.hears("<presence id='2'/>").isEmpty)
        let said = told(stream.bound(try JID("romeo@example.org/balcony")))
        #expect(said.count == 3)
        #expect(said.dropFirst().map { $0.contains("id='1'") } == [true, false])
    }

    @Test func lateAnswers() throws {
        let stream = try ClientStream.authenticated()
        #expect(stream.bound(try JID("romeo@example.org/x")).isEmpty)
        #expect(stream.bindRefused(StanzaError(.conflict)).isEmpty)
        #expect(stream.boundJID == nil)
    }
}
