// What a client may say before it is known.

import Testing

@testable import Streams

struct ClientStreamRegistrationTests {
    private let request = "<iq id='r1' type='get'><query xmlns='jabber:iq:register'/></iq>"

    /// IM-037: nothing but registration, and that only where it is allowed.
    @Test(arguments: [
        "<message to='juliet@example.org'><body>hi</body></message>", "<presence/>",
        "<iq type='get' id='r1'><query xmlns='jabber:iq:register'/></iq>",
        "<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>", bindRequest("x"),
    ])
    func stanzasBeforeLogin(stanza: String) {
        #expect(ClientStream.secure().hears(stanza) == ending("not-authorized"))
        let stream = ClientStream.secure()
        _ = stream.hears(sasl("auth", "", mechanism: "PLAIN"))
        #expect(stream.hears(stanza) == ending("not-authorized"))
    }

    @Test func registration() {
        let stream = ClientStream.sample(registration: true)
        _ = stream.secured(.bare)
        #expect(
            stream.hears(opening).last?.contains("<register xmlns='http://jabber.org/features/iq-register'/>") == true)
        #expect(stream.hears(request) == ["[before login] \(request)"])
        let forged = request.replacing("<iq", with: "<iq from='juliet@example.org'")
        #expect(stream.hears(forged) == ["[before login] \(request)"])
        #expect(stream.hears(request.replacing("'get'", with: "'result'")) == ending("not-authorized"))
    }

    /// A new password is not sent where somebody could listen.
    @Test(arguments: [ClientStreamConfiguration.Encryption.required, .offered, .unavailable])
    func registrationNeedsTLSToo(encryption: ClientStreamConfiguration.Encryption) {
        let stream = ClientStream.sample(encryption: encryption, registration: true)
        #expect(stream.hears(opening).last?.contains("register") == false)
        #expect(stream.hears(request) == ending("not-authorized"))
    }

    @Test func onlyRegistration() {
        #expect(ClientStream.secure(registration: true).hears("<presence/>") == ending("not-authorized"))
    }
}
