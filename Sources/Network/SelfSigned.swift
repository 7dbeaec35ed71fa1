// A certificate of the server's own making, for the first start and for tests.

import Crypto
public import Foundation
import SwiftASN1
import X509

/// Makes a self-signed certificate: encryption without a name anybody vouches for.
public enum SelfSigned {
    /// How long it is good for.
    public static let days = 825

    /// A P-256 key and a certificate for these names, both PEM.
    ///
    /// - Parameters:
    ///   - names: DNS names; the first is the subject.
    ///   - start: from when it is good.
    public static func make(
        names: [String], from start: Date, days: Int = days
    ) throws -> (certificate: String, key: String) {
        let key = P256.Signing.PrivateKey()
        let secret = Certificate.PrivateKey(key)
        let subject = try DistinguishedName { CommonName(names.first ?? "localhost") }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: secret.publicKey,
            notValidBefore: start.addingTimeInterval(-3_600),
            notValidAfter: start.addingTimeInterval(Double(days) * 86_400), issuer: subject, subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                SubjectAlternativeNames(names.map { .dnsName($0) })
                try ExtendedKeyUsage([.serverAuth, .clientAuth])
            }, issuerPrivateKey: secret)
        return (try certificate.serializeAsPEM().pemString, key.pemRepresentation)
    }
}
