// What the operator is told of a configuration that is taken and does not do all it says.

extension ServerConfiguration {
    /// The warning of what is written and not served; nil: there is none.
    var notServedNotice: String? {
        notServed.isEmpty ? nil : "not served by this version, ignored: \(notServed.joined(separator: "; "))"
    }

    /// The warning of environment variables that are no keys; nil: there is none.
    var unknownVariablesNotice: String? {
        guard !unknownVariables.isEmpty else { return nil }
        let verb = unknownVariables.count == 1 ? "overrides" : "override"
        let names = unknownVariables.joined(separator: ", ")
        return "environment: \(names) \(verb) nothing: see Documentation/configuration.md for the names"
    }
}
