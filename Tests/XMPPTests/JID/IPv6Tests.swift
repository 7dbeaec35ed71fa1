// IPv6 addresses as domainparts.

import Testing
import XMPP

@Suite struct IPv6Tests {
    @Test(arguments: [
        "::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1::8", "2001:db8::7",
        "::ffff:192.0.2.1", "1:2:3:4:5:6:192.0.2.1", "64:ff9b::192.0.2.33", "FE80::ABCD",
    ])
    func accepts(address: String) throws {
        #expect(try JID("[\(address)]").domain == "[\(address.lowercased())]")
    }

    @Test(arguments: [
        "", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4::5:6:7:8", "1::2::3", ":1::", "1::2:",
        "12345::", "g::", "::1%eth0", "::1/64", "192.0.2.1", "::192.0.2", "::192.0.2.256", "::192.0.2.01",
        "192.0.2.1::",
        "::192.0.2.1:1", "::+1.0.2.1", "[::1]", "\u{ff11}::",
    ])
    func refuses(address: String) {
        #expect(throws: JIDFault.domain(.notADomain)) { try JID("[\(address)]") }
    }

    @Test(arguments: ["[", "[]", "[::1", "[::1]x", "[::1].", "[::1]:5222"]) func refusesBrokenBrackets(text: String) {
        #expect(throws: JIDFault.domain(.notADomain)) { try JID(text) }
    }
}
