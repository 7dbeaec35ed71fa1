// `parlance check`: everything a server needs, looked at without starting it, each finding with what to do.

public import Foundation
import Network
import SQLiteStorage
import Storage

/// Looks through what a configuration needs.
public struct Checkup: Sendable {
    /// One thing looked at.
    public struct Finding: Sendable, Equatable, CustomStringConvertible {
        /// How bad it is.
        public enum Grade: String, Sendable { case fine = "ok", doubtful = "warning", bad = "wrong" }

        public let grade: Grade
        /// What, where, and what to do.
        public let words: String

        public var description: String {
            "\(grade.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)) \(words)"
        }

        static func fine(_ words: String) -> Finding { Finding(grade: .fine, words: words) }
        static func doubtful(_ words: String) -> Finding { Finding(grade: .doubtful, words: words) }
        static func bad(_ words: String) -> Finding { Finding(grade: .bad, words: words) }
    }

    private let configuration: ServerConfiguration
    private let now: Date

    /// - Parameter now: the time certificates are compared with.
    public init(_ configuration: ServerConfiguration, now: Date) {
        self.configuration = configuration
        self.now = now
    }

    /// All findings, in the order of the configuration.
    ///
    /// - Parameter file: the configuration's file; nil: none.
    public func findings(file: String?) async -> [Finding] {
        var findings = written(file)
        let (folder, isRunning) = await data()
        findings += [folder] + certificate()
        return findings + ports(isRunning: isRunning)
    }

    // MARK: The configuration itself

    private func written(_ file: String?) -> [Finding] {
        var findings = [Finding.fine("configuration: \(file ?? "none, the defaults hold")")]
        if let notice = configuration.notServedNotice { findings.append(.doubtful("configuration: \(notice)")) }
        if let notice = configuration.unknownVariablesNotice { findings.append(.doubtful(notice)) }
        if configuration.listeners.c2s.isEmpty {
            findings.append(.doubtful("listen: no port for clients: nobody can log in; add `listen.c2s`"))
        }
        return findings
    }

    // MARK: The data folder

    private func data() async -> (finding: Finding, isRunning: Bool) {
        let path = configuration.data
        let place = DataPlace(configuration)
        if let problem = place.problem { return (.bad(problem), false) }
        guard place.exists else { return (.fine("data: \(path) will be made at the first start"), false) }
        do throws(StorageFault) {
            let opened = try OpenStore(configuration)
            let damages = await Answer.of { opened.store.check($0) }
            await opened.close()
            switch damages {
            case .success(let lines):
                guard let damage = lines.first else {
                    return (.fine("data: \(path) is whole and can be written"), false)
                }
                return (.bad("data: \(StorageFault.corrupt(damage))"), false)
            case .failure(let fault): return (.bad("data: \(fault)"), false)
            }
        } catch {
            guard case .locked(_, let pid) = error else { return (.bad("data: \(error)"), false) }
            let holder = pid.map { "process \($0)" } ?? "another process"
            return (.fine("data: \(path) is in use by a running server (\(holder))"), true)
        }
    }

    // MARK: The certificate

    private func certificate() -> [Finding] {
        guard let file = configuration.tls.certificate, let key = configuration.tls.key else {
            return [ownPair()]
        }
        do throws(OperatorFault) {
            let context = try CertificateKeeper.context(file, key)
            let warnings = CertificateKeeper.warnings(of: context, configuration, file, now: now)
            if warnings.isEmpty {
                let end = context.expires.ISO8601Format().prefix(10)
                return [.fine("tls.certificate: \(file) is good until \(end)")]
            }
            return warnings.map { Finding(grade: context.expires <= now ? .bad : .doubtful, words: $0) }
        } catch {
            return [.bad(error.description)]
        }
    }

    private func ownPair() -> Finding {
        let pair = OwnPair(in: configuration.data)
        let state = pair.state(configuration, now: now)
        if let warning = state.warning {
            return .doubtful("\(warning): the next start makes a new one, clients ask again whether to trust it")
        }
        let print = Fingerprint.of(file: pair.certificate).map { ", SHA-256 \($0)" } ?? ""
        return .fine("tls: a self-signed certificate of the server's own; clients ask whether to trust it\(print)")
    }

    // MARK: Ports

    private func ports(isRunning: Bool) -> [Finding] {
        configuration.listeners.c2s.compactMap(\.place).map { place in
            if isRunning { return .fine("listen.c2s: \(place) belongs to the running server") }
            if let problem = PortProbe.problem(of: place) { return .bad("listen.c2s: \(place) \(problem)") }
            return .fine("listen.c2s: \(place) is free")
        }
    }
}
