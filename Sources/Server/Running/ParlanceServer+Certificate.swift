// A certificate that is renewed while the server runs is shown to whoever comes next.

import Foundation
import Host
import Logging
import Network
import Synchronization

extension ParlanceServer {
    /// Looks now and then whether the certificate that was given is another one. What cannot be used is said, and the
    /// former one stays: a pair half written is whole at a later look.
    func watchCertificate() {
        guard let certificate = configuration.tls.certificate, let key = configuration.tls.key,
            let shard = house.shards.first
        else { return }
        look(for: certificate, key, last: Self.stamp(certificate, key), on: shard)
    }

    private func look(for certificate: String, _ key: String, last: [Date?], on shard: Shard) {
        guard !isStopped.load(ordering: .acquiring) else { return }
        let delay = Duration.seconds(configuration.limits.network.certificateSeconds)
        let next = shard.loop.schedule(after: delay) { [weak self] in
            guard let self else { return }
            let stamp = Self.stamp(certificate, key)
            if stamp != last { renew(certificate, key) }
            look(for: certificate, key, last: stamp, on: shard)
        }
        renewal.withLock { $0 = next }
    }

    private func renew(_ file: String, _ key: String) {
        do throws(OperatorFault) {
            let context = try CertificateKeeper.context(file, key)
            certificate.show(context)
            log.info("the certificate was renewed")
            let warnings = CertificateKeeper.warnings(of: context, configuration, file, now: Date.now)
            for warning in warnings { log.warning("\(warning)") }
        } catch {
            log.warning("the renewed certificate cannot be used, the former one stays: \(error)")
        }
    }

    /// When the two files were last written.
    private static func stamp(_ files: String...) -> [Date?] {
        files.map { file in
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            return attributes?[.modificationDate] as? Date
        }
    }
}
