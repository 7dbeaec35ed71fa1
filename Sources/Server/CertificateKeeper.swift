// The certificate the server shows: the one given, or a self-signed pair of its own in the data folder.

import Foundation
import Network
import SQLiteStorage

/// A certificate that is ready for handshakes, and what is to be said of it.
struct CertificateKeeper {
    /// Days before its end from which a certificate is warned of, and a self-made one replaced.
    static let warningDays = 14

    let context: TLSContext
    /// The fingerprint of the server's own pair; nil: a certificate was given.
    let ownFingerprint: String?
    /// What the operator should know; empty: all is well.
    let warnings: [String]

    /// - Parameter now: the real time: clients compare the certificate with theirs.
    init(_ configuration: ServerConfiguration, in folder: DataFolder, now: Date) throws(OperatorFault) {
        if let certificate = configuration.tls.certificate, let key = configuration.tls.key {
            context = try Self.context(certificate, key)
            ownFingerprint = nil
            warnings = Self.warnings(of: context, configuration, certificate, now: now)
        } else {
            let pair = OwnPair(in: folder.path)
            let state = pair.state(configuration, now: now)
            if case .fit(let kept) = state {
                context = kept
            } else {
                try pair.make(configuration, in: folder, now: now)
                context = try Self.context(pair.certificate, pair.key)
            }
            ownFingerprint = Fingerprint.of(file: pair.certificate)
            warnings = state.warning.map { [$0 + ": a new one was made, clients ask again whether to trust it"] } ?? []
        }
    }

    /// Reads a pair of PEM files.
    static func context(_ certificate: String, _ key: String) throws(OperatorFault) -> TLSContext {
        for (name, path) in [("certificate", certificate), ("key", key)] {
            guard FileManager.default.fileExists(atPath: path) else {
                throw .misuse("tls.\(name): there is no file \(path): check the path")
            }
            guard FileManager.default.isReadableFile(atPath: path) else {
                throw .misuse("tls.\(name): \(path) cannot be read: give the server's user read permission")
            }
        }
        do throws(TLSContext.Fault) {
            return try TLSContext(certificate: certificate, key: key)
        } catch {
            throw .misuse(error.description)
        }
    }

    // MARK: What to say

    /// What is wrong with a certificate in its time and names, a line each.
    static func warnings(
        of context: TLSContext, _ configuration: ServerConfiguration, _ file: String, now: Date
    ) -> [String] {
        var lines: [String] = []
        let end = day(context.expires)
        if context.expires <= now {
            lines.append(
                "tls.certificate: \(file) expired on \(end), clients refuse it: renew it")
        } else if context.expires < now.addingTimeInterval(days(warningDays)) {
            lines.append("tls.certificate: \(file) expires on \(end): renew it")
        }
        if !covers(context.names, configuration.domain) {
            let names = context.names.isEmpty ? "no name" : context.names.joined(separator: ", ")
            lines.append(
                "tls.certificate: \(file) is for \(names), not for \(configuration.domain): clients refuse it")
        }
        return lines
    }

    /// Whether a certificate's names cover a domain (RFC 6125 §6.4).
    static func covers(_ names: [String], _ domain: String) -> Bool {
        let domain = domain.lowercased()
        let parent = domain.firstIndex(of: ".").map { "*" + domain[$0...] }
        return names.contains { $0.lowercased() == domain || $0.lowercased() == parent }
    }

    static func days(_ count: Int) -> TimeInterval { Double(count) * 86_400 }

    private static func day(_ date: Date) -> String { String(date.ISO8601Format().prefix(10)) }
}
