// The self-signed pair in the data folder: whether it still fits, and a new one where it does not.

import Foundation
import Network
import SQLiteStorage

/// The files of the server's own certificate and key.
struct OwnPair {
    private static let certificateName = "tls-certificate.pem"
    private static let keyName = "tls-key.pem"

    let certificate: String
    let key: String

    /// - Parameter folder: the path of the data folder.
    init(in folder: String) {
        certificate = "\(folder)/\(Self.certificateName)"
        key = "\(folder)/\(Self.keyName)"
    }

    /// How the pair stands.
    enum State {
        /// None was made yet.
        case none
        case fit(TLSContext)
        /// What is wrong with it, so that another is needed.
        case unfit(String)

        /// What the operator should know; nil: nothing.
        var warning: String? { if case .unfit(let words) = self { words } else { nil } }
    }

    func state(_ configuration: ServerConfiguration, now: Date) -> State {
        guard FileManager.default.fileExists(atPath: certificate) else { return .none }
        guard let kept = try? CertificateKeeper.context(certificate, key) else {
            return .unfit("tls: \(certificate) and its key cannot be used")
        }
        if kept.expires <= now.addingTimeInterval(CertificateKeeper.days(CertificateKeeper.warningDays)) {
            return .unfit("tls: \(certificate) comes to its end on \(kept.expires.ISO8601Format().prefix(10))")
        }
        guard Set(Self.names(configuration)).isSubset(of: kept.names) else {
            return .unfit("tls: \(certificate) is not for all domains of the configuration")
        }
        return .fit(kept)
    }

    /// Makes another pair and keeps it.
    func make(_ configuration: ServerConfiguration, in folder: DataFolder, now: Date) throws(OperatorFault) {
        let pair: (certificate: String, key: String)
        do { pair = try SelfSigned.make(names: Self.names(configuration), from: now) } catch {
            throw .failed("no certificate could be made (\(error)): give one with `tls.certificate` and `tls.key`")
        }
        try PrivateFile(Self.keyName, in: folder).write(Array(pair.key.utf8))
        try PrivateFile(Self.certificateName, in: folder).write(Array(pair.certificate.utf8))
    }

    private static func names(_ configuration: ServerConfiguration) -> [String] {
        [configuration.domain] + configuration.services.flatMap { $0.domains.map(\.domain) }
    }
}
