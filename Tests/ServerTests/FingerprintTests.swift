// Shows the fingerprint of a PEM text, the body of which is three bytes of nothing.

import Testing

@testable import Server

@Suite struct FingerprintTests {
    @Test func ofTheFirstCertificate() {
        let pem = "words\n-----BEGIN CERTIFICATE-----\r\nAA\r\nAA\r\n-----END CERTIFICATE-----\nmore"
        #expect(
            Fingerprint.of(pem: pem)
                == "70:9E:80:C8:84:87:A2:41:1E:1E:E4:DF:B9:F2:2A:86:"
                + "14:92:D2:0C:47:65:15:0C:0C:79:4A:BD:70:F8:14:7C")
        #expect(Fingerprint.of(pem: "junk") == nil)
        #expect(Fingerprint.of(file: "/nowhere") == nil)
    }
}
