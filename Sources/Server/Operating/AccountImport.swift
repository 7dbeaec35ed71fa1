// Many accounts at once from a list: keys derived on all cores, written in chunks, bad lines told by number.

import Accounts
import Foundation

/// Makes accounts from lines of `JID password`.
public struct AccountImport: Sendable {
    /// What came of a list.
    public struct Outcome: Sendable, Equatable {
        /// Accounts that were made.
        public internal(set) var made = 0
        /// Lines of which no account was made, with the reason, in their order.
        public internal(set) var refused: [Refused] = []
    }

    /// A line of which no account was made.
    public struct Refused: Sendable, Equatable {
        /// From 1.
        public let line: Int
        public let reason: String
    }

    /// One line of a list that can be an account.
    struct Entry: Sendable, Equatable {
        let line: Int
        let name: String
        let password: String
    }

    private let domain: String
    private let passwordBytes: Int
    private let workers: Int

    public init(_ configuration: ServerConfiguration) {
        domain = configuration.domain
        passwordBytes = configuration.limits.account.passwordBytes
        workers = max(1, ProcessInfo.processInfo.activeProcessorCount)
    }

    /// Makes all accounts of a list that can be made.
    public func run(_ list: [UInt8], _ access: OperatorAccess) async throws(OperatorFault) -> Outcome {
        var outcome = Outcome()
        var seen: Set<String> = []
        var chunk: [Entry] = []
        for (index, bytes) in list.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            do throws(OperatorFault) {
                guard let entry = try entry(bytes, line: index + 1) else { continue }
                guard seen.insert(entry.name).inserted else { throw .failed("stands in the list twice") }
                chunk.append(entry)
            } catch {
                outcome.refused.append(Refused(line: index + 1, reason: error.description))
            }
            guard chunk.count == ControlLimits.importedAccounts else { continue }
            try await take(chunk, access, &outcome)
            chunk = []
        }
        if !chunk.isEmpty { try await take(chunk, access, &outcome) }
        outcome.refused.sort { $0.line < $1.line }
        return outcome
    }

    /// The entry of a line; nil for an empty line.
    func entry(_ bytes: some Sequence<UInt8>, line: Int) throws(OperatorFault) -> Entry? {
        guard let whole = String(validating: Array(bytes), as: UTF8.self) else { throw .failed("is not UTF-8") }
        let text = whole.hasSuffix("\r") ? String(whole.dropLast()) : whole
        let start = text.drop { $0 == " " || $0 == "\t" }
        if start.isEmpty { return nil }
        let address = start.prefix { $0 != " " && $0 != "\t" }
        let password = String(start[address.endIndex...].drop { $0 == " " || $0 == "\t" })
        let name = try AccountName(String(address), domain: domain).local
        if password.isEmpty { throw .failed("has no password after the address") }
        return Entry(line: line, name: name, password: password)
    }

    private func take(
        _ chunk: [Entry], _ access: OperatorAccess, _ outcome: inout Outcome
    ) async throws(OperatorFault) {
        let derived = await derive(chunk)
        var accounts: [ControlRequest.NewAccount] = []
        for (entry, keys) in zip(chunk, derived) {
            switch keys {
            case .success(let keys): accounts.append(ControlRequest.NewAccount(name: entry.name, keys: keys))
            case .failure(let fault):
                outcome.refused.append(Refused(line: entry.line, reason: fault.description))
            }
        }
        let existing = Set(try await access.ask(.importAccounts(accounts)).lines)
        outcome.made += accounts.count - existing.count
        for entry in chunk where existing.contains(entry.name) {
            outcome.refused.append(
                Refused(line: entry.line, reason: "\(entry.name)@\(domain) exists and was left as it was"))
        }
    }

    /// The keys of all entries, derived on all cores.
    private func derive(_ chunk: [Entry]) async -> [Result<AccountKeys, OperatorFault>] {
        let (limit, workers) = (passwordBytes, workers)
        return await withTaskGroup(of: (Int, [Result<AccountKeys, OperatorFault>]).self) { group in
            let share = (chunk.count + workers - 1) / workers
            for start in stride(from: 0, to: chunk.count, by: share) {
                let part = chunk[start..<min(start + share, chunk.count)]
                group.addTask {
                    let keys = part.map { entry in
                        Result { () throws(OperatorFault) in try AccountKeys(typed: entry.password, limit: limit) }
                    }
                    return (start, keys)
                }
            }
            var parts: [(Int, [Result<AccountKeys, OperatorFault>])] = []
            for await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }
}
