// To whom messages of an archive are shown to be.

import DialectKit
import Storage
import Testing

@testable import Accounts

@Suite struct ArchivedMessageAddressTests {
    private let ada = AddressHole(TestServer.address("ada@example"))

    private func shown(_ stanza: String, isGroupchat: Bool = true) -> String {
        let message = ArchivedMessage(
            seq: 1, time: 1, peer: "coven@mix.other", isGroupchat: isGroupchat, stanza: Array(stanza.utf8))
        return String(decoding: message.stanza(to: ada), as: UTF8.self)
    }

    @Test func whatAChannelSaidIsToTheAccount() {
        let said = "<message from='c'><body>x</body></message>"
        #expect(shown(said) == "<message to='ada@example' from='c'><body>x</body></message>")
        #expect(shown("<message/>") == "<message to='ada@example'/>")
    }

    @Test func anAddressThatWasKeptStays() {
        let old = "<message to='ada@example' from='c'/>"
        #expect(shown(old) == old)
        let other = "<message to='bo@example' from='ada@example/r'/>"
        #expect(shown(other, isGroupchat: false) == other)
    }

    @Test func whatPeopleSayIsAsItWas() {
        let toHerself = "<message from='ada@example/r'/>"
        #expect(shown(toHerself, isGroupchat: false) == toHerself)
    }
}
