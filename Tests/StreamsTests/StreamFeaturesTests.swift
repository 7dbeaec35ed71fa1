// Stream features on the wire.

import Testing
import XML

@testable import Streams

struct StreamFeaturesTests {
    private func text(_ offers: [Element]) -> String {
        String(decoding: StreamFeatures(offers: offers).bytes(in: "jabber:client"), as: UTF8.self)
    }

    /// IM-029: nothing left to negotiate is an empty element.
    @Test func empty() {
        #expect(text([]) == "<stream:features/>")
    }

    @Test func startTLS() {
        let starttls = "<starttls xmlns='\(tlsNamespace)'"
        #expect(
            text([StreamFeatures.startTLS(isRequired: false)]) == "<stream:features>\(starttls)/></stream:features>")
        #expect(
            text([StreamFeatures.startTLS(isRequired: true)])
                == "<stream:features>\(starttls)><required/></starttls></stream:features>")
    }

    @Test func mechanisms() {
        #expect(
            text([StreamFeatures.mechanisms([.scram(.sha1, binding: true), .plain])])
                == "<stream:features><mechanisms xmlns='\(saslNamespace)'><mechanism>SCRAM-SHA-1-PLUS</mechanism>"
                + "<mechanism>PLAIN</mechanism></mechanisms></stream:features>")
    }

    /// IM-057: XEP-0440 §2.
    @Test func channelBindings() {
        #expect(
            text([StreamFeatures.channelBindings(TLSFacts.binding.bindings)])
                == "<stream:features><sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'>"
                + "<channel-binding type='tls-exporter'/><channel-binding type='tls-server-end-point'/>"
                + "</sasl-channel-binding></stream:features>")
    }

    /// IM-086, IM-092.
    @Test func bindAndSession() {
        #expect(
            text([StreamFeatures.bind, StreamFeatures.session])
                == "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><required/></bind>"
                + "<session xmlns='urn:ietf:params:xml:ns:xmpp-session'><optional/></session></stream:features>")
    }
}
