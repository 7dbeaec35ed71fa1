// Stream management as a client speaks it: when its elements may come (XEP-0198).

import Testing
import XMPP

@testable import Streams

struct ClientStreamManagingTests {
    private static let namespace = "xmlns='urn:xmpp:sm:3'"

    private func failed(_ condition: String, _ h: String = "") -> [String] {
        ["<failed \(Self.namespace)\(h)><\(condition) xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>"]
    }

    /// IM-106
    @Test func offeredAfterLogin() throws {
        let stream = ClientStream.secure()
        _ = try stream.logIn()
        #expect(stream.hears(opening).last?.contains("<sm \(Self.namespace)/>") == true)
    }

    /// IM-106: spelt "true", because some clients know no "1".
    @Test(arguments: [("", "[enable]"), (" resume='1' max='300'", "[enable resumption 300 s]")])
    func enables(attributes: String, asked: String) throws {
        let stream = try ClientStream.bound()
        #expect(stream.hears("<enable \(Self.namespace)\(attributes)/>") == [asked])
        #expect(told(stream.managementEnabled(nil)) == ["<enabled \(Self.namespace)/>"])
        #expect(
            told(stream.managementEnabled(Resumption(id: "x", seconds: 60)))
                == ["<enabled \(Self.namespace) id='x' resume='true' max='60'/>"])
        #expect(stream.hears("<r \(Self.namespace)/><a \(Self.namespace) h='7'/>") == ["[asked]", "[acknowledged 7]"])
    }

    /// IM-106: before a resource is bound, and before login.
    @Test func tooEarly() throws {
        for element in ["<enable \(Self.namespace)/>", "<r \(Self.namespace)/>"] {
            #expect(try ClientStream.authenticated().hears(element) == failed("unexpected-request"))
            #expect(ClientStream.secure().hears(element) == failed("unexpected-request"))
            let resume = "<resume \(Self.namespace) previd='x' h='0'/>"
            #expect(ClientStream.secure().hears(resume) == failed("unexpected-request"))
        }
        #expect(try ClientStream.bound().hears("<a \(Self.namespace) h='0'/>") == failed("unexpected-request"))
    }

    /// IM-106
    @Test func onceOnly() throws {
        let stream = try ClientStream.bound()
        _ = stream.hears("<enable \(Self.namespace)/>")
        #expect(
            stream.hears("<enable \(Self.namespace)/>") == ending("policy-violation", "stream management is on"))
    }

    /// IM-110: the client has its address again, and what it sent behind its request comes in its order.
    @Test func resumes() throws {
        let stream = try ClientStream.authenticated()
        let said = stream.hears("<resume \(Self.namespace) previd='x' h='3'/><message to='a@b'/><r \(Self.namespace)/>")
        #expect(said == ["[resume x from 3]"])
        let rest = told(stream.resumed(try JID("romeo@example.org/balcony"), handled: 5))
        #expect(rest.first == "<resumed \(Self.namespace) previd='x' h='5'/>")
        #expect(rest.dropFirst() == ["[stanza] <message to='a@b' from='romeo@example.org/balcony'/>", "[asked]"])
        #expect(stream.boundJID?.description == "romeo@example.org/balcony")
        #expect(
            stream.hears("<enable \(Self.namespace)/>") == ending("policy-violation", "stream management is on"))
    }

    /// IM-111: a client whose session is gone may bind, and try a few times only.
    @Test func resumesInVain() throws {
        let stream = try ClientStream.authenticated(limits: StreamLimits(refusedBindings: 3))
        for h in [nil, 9] as [UInt32?] {
            _ = stream.hears("<resume \(Self.namespace) previd='x' h='0'/>")
            let told = told(stream.resumeRefused(.itemNotFound, handled: h))
            #expect(told == failed("item-not-found", h.map { " h='\($0)'" } ?? ""))
        }
        #expect(stream.hears(bindRequest("balcony")) == ["[bind balcony]"])
        _ = stream.bindRefused(StanzaError(.conflict))
        #expect(stream.isClosed)
        let bound = try ClientStream.bound()
        #expect(bound.hears("<resume \(Self.namespace) previd='x' h='0'/>") == failed("unexpected-request"))
        #expect(stream.resumed(try JID("romeo@example.org/x"), handled: 0).isEmpty)
    }

    /// IM-110 IM-111: QXmpp 1.4 asks without the namespace, and without the id as well. It may bind.
    @Test func resumesWithoutNamespace() throws {
        let stream = try ClientStream.authenticated()
        #expect(stream.hears("<resume h='9' previd=''/>") == ["[resume  from 9]"])
        #expect(told(stream.resumeRefused(.itemNotFound)) == failed("item-not-found"))
        #expect(stream.hears("<resume h='3' previd='x'/>") == ["[resume x from 3]"])
        #expect(ClientStream.secure().hears("<resume h='3' previd='x'/>") == failed("unexpected-request"))
        #expect(try ClientStream.bound().hears("<resume h='3' previd='x'/>") == ending("unsupported-stanza-type"))
    }

    @Test func unreadable() throws {
        let stream = try ClientStream.authenticated()
        #expect(stream.hears("<resume \(Self.namespace) h='0'/>") == failed("bad-request"))
        #expect(stream.hears("<resume \(Self.namespace) previd='x' h='-1'/>") == failed("bad-request"))
        for (element, condition) in [("<a %/>", "bad-format"), ("<b %/>", "unsupported-stanza-type")] {
            let bound = try ClientStream.bound()
            _ = bound.hears("<enable \(Self.namespace)/>")
            #expect(bound.hears(element.replacing("%", with: Self.namespace)) == ending(condition))
        }
    }
}
