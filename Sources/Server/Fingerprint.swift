// The fingerprint of a certificate, which a client shows when it asks whether to trust one.

import Crypto
import Foundation

/// SHA-256 over the DER of a certificate.
enum Fingerprint {
    /// The fingerprint of the first certificate of a PEM text, as `AB:CD:…`; nil: there is none.
    static func of(pem: String) -> String? {
        let lines = pem.split(whereSeparator: \.isNewline)
        guard let start = lines.firstIndex(of: "-----BEGIN CERTIFICATE-----"),
            let end = lines[start...].firstIndex(of: "-----END CERTIFICATE-----"),
            let der = Data(base64Encoded: lines[(start + 1)..<end].joined()), !der.isEmpty
        else { return nil }
        return SHA256.hash(data: der).map { String(format: "%02X", $0) }.joined(separator: ":")
    }

    /// The fingerprint of the certificate in a file; nil: there is none.
    static func of(file path: String) -> String? {
        FileManager.default.contents(atPath: path).flatMap { of(pem: String(decoding: $0, as: UTF8.self)) }
    }
}
