// What an account costs to make: two key derivations, which are slow on purpose.

import Streams

/// The part of an import that runs on all cores; the other is the rows, with the store's cases.
struct AccountBenchmarks {
    func run(_ table: inout Table) throws {
        let name = "keys of an account, SHA-1 and SHA-256"
        guard table.wants(name), let password = Password("correct horse battery staple") else { return }
        try table.measure(name, per: "accounts", count: 50) { _ in
            for _ in 0..<50 { keep(try Credentials.derive(password) { [UInt8](repeating: 7, count: $0) }) }
        }
    }
}
