// What may stand in a configuration and is not served by this version, named in one warning at the start.

import Rooms

extension ServerConfiguration {
    /// What was written and is not served, in words, in the order of the reference.
    func namesNotServed(_ reading: ConfigurationReading) -> [String] {
        var names: [String] = []
        for service in writtenServices ?? [] {
            for plan in service.domains {
                let missing = plan.dialects.filter { !$0.isServed }.map(\.rawValue)
                guard !missing.isEmpty else { continue }
                let isGone = missing.count == plan.dialects.count
                names.append("\(isGone ? "domain " : "")\(plan.domain) (\(missing.joined(separator: ", ")))")
            }
        }
        let tops = reading.notServed.filter { path in
            !reading.notServed.contains { path != $0 && (path.hasPrefix($0 + ".") || path.hasPrefix($0 + "[]")) }
        }
        names += tops
        if registration == .invite { names.append("registration: invite (closed instead)") }
        return names
    }
}
