// The certificate a server shows, and the rules of its TLS.

public import Foundation
import NIOCore
import NIOSSL
import SwiftASN1
import X509

/// A certificate with its key, ready for handshakes: TLS 1.2 and 1.3, ALPN `xmpp-client` (XEP-0368).
public struct TLSContext: Sendable {
    let context: NIOSSLContext
    /// When the certificate ends.
    public let expires: Date
    /// The names it is for.
    public let names: [String]

    /// Why no handshake could be done with these files.
    public struct Fault: Error, Sendable, CustomStringConvertible {
        /// One line: what, where, and what to do.
        public let description: String
    }

    /// Reads a certificate chain and its key, both PEM.
    ///
    /// - Throws: `Fault`, which names the file and what to do.
    public init(certificate: String, key: String) throws(Fault) {
        let chain: [NIOSSLCertificate]
        do { chain = try NIOSSLCertificate.fromPEMFile(certificate) } catch {
            throw Fault(
                description: "tls.certificate: \(certificate) holds no PEM certificate: check the path and the file")
        }
        let secret: NIOSSLPrivateKey
        do { secret = try NIOSSLPrivateKey(file: key, format: .pem) } catch {
            throw Fault(description: "tls.key: \(key) holds no PEM key: check the path and the file")
        }
        guard let leaf = chain.first, let parsed = Self.parse(leaf) else {
            throw Fault(description: "tls.certificate: \(certificate) cannot be read: make a new one")
        }
        expires = parsed.notValidAfter
        names = Self.names(of: parsed)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(secret))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["xmpp-client"]
        do { context = try NIOSSLContext(configuration: configuration) } catch {
            throw Fault(
                description: "tls.key: \(key) does not belong to \(certificate): use the pair that was made together")
        }
    }

    private static func parse(_ certificate: NIOSSLCertificate) -> Certificate? {
        guard let der = try? certificate.toDERBytes() else { return nil }
        return try? Certificate(derEncoded: der)
    }

    private static func names(of certificate: Certificate) -> [String] {
        guard let names = try? certificate.extensions.subjectAlternativeNames else { return [] }
        return names.compactMap { if case .dnsName(let name) = $0 { name } else { nil } }
    }
}
