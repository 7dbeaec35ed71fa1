// One key of the configuration as data: name, place in the types, written form, words.

import Yams

/// A line of the reference: what documents and refusals know of a key.
struct KeyEntry: Sendable, Equatable {
    /// From the top, lists marked: `services[].domains[].domain`.
    let path: String
    /// What may stand there.
    let type: String
    /// The default as it would be written; empty: none; `required`: there is none and the key has to be written.
    var fallback: String
    let words: String
    let isServed: Bool
    /// Whether an environment variable may override it: scalars outside lists.
    let isOverridable: Bool
}

/// What a reading run knows and collects.
struct ConfigurationReading {
    /// The name of the file, as given; for refusals.
    let file: String
    /// Variables beginning with `PARLANCE_`.
    var environment: [String: String] = [:]
    /// Paths of keys that were written and are not served yet.
    var notServed: [String] = []
    /// Paths of all keys that were written.
    var written: Set<String> = []
    /// Where the values of a key stand in the file, in its order.
    private var nodes: [String: [Node]] = [:]

    init(file: String) { self.file = file }

    func fault(_ node: Node, _ problem: String) -> ConfigurationFault {
        guard let mark = node.mark else { return ConfigurationFault(.wholeFile(file), problem) }
        return ConfigurationFault(.file(file, line: mark.line, column: mark.column), problem)
    }

    /// A fault at the value of a key that stands in a list.
    ///
    /// - Parameter index: which of all values of the key, from 0.
    func fault(_ path: String, _ index: Int, _ problem: String) -> ConfigurationFault {
        guard let found = nodes[path], found.indices.contains(index) else {
            return ConfigurationFault(.wholeFile(file), problem)
        }
        return fault(found[index], problem)
    }

    /// - Parameter node: the value; nil: it comes from the environment.
    mutating func note(_ path: String, isServed: Bool, at node: Node? = nil) {
        written.insert(path)
        if let node { nodes[path, default: []].append(node) }
        if !isServed, !notServed.contains(path) { notServed.append(path) }
    }

    /// The environment variable that overrides a key.
    static func variable(for path: String) -> String {
        "PARLANCE_" + path.uppercased().map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined()
    }
}

/// One key below `Owner`.
struct ConfigurationKey<Owner: Sendable>: Sendable {
    let name: String
    /// The lines of the reference for this key and everything below it.
    let entries: @Sendable (_ path: String, _ owner: Owner) -> [KeyEntry]
    /// Takes the value from YAML.
    let read:
        @Sendable (Node, _ path: String, inout Owner, inout ConfigurationReading) throws(ConfigurationFault) -> Void
    /// Takes the values of environment variables.
    let override: @Sendable (_ path: String, inout Owner, inout ConfigurationReading) throws(ConfigurationFault) -> Void
}

/// A table of keys.
struct ConfigurationSection<Owner: Sendable>: Sendable {
    let keys: [ConfigurationKey<Owner>]
    /// Keys that have to be written.
    var required: [String] = []

    init(required: [String] = [], _ keys: [ConfigurationKey<Owner>]) {
        self.required = required
        self.keys = keys
    }

    func entries(below path: String, _ owner: Owner) -> [KeyEntry] {
        keys.flatMap { key in
            var entries = key.entries(join(path, key.name), owner)
            if required.contains(key.name) { entries[0].fallback = "required" }
            return entries
        }
    }

    /// Reads a YAML mapping into `owner`; unknown keys are refused.
    func read(
        _ node: Node, _ path: String, into owner: inout Owner, _ reading: inout ConfigurationReading
    ) throws(ConfigurationFault) {
        guard let mapping = node.mapping else {
            let place = path.isEmpty ? "the configuration" : "`\(path)`"
            throw reading.fault(node, "\(place) is a table: write \(keys.first?.name ?? "key"): … below it")
        }
        for (nameNode, value) in mapping {
            let name = nameNode.scalar?.string ?? ""
            guard let key = keys.first(where: { $0.name == name }) else {
                throw reading.fault(nameNode, unknown(name, path))
            }
            try key.read(value, join(path, name), &owner, &reading)
        }
        for name in required where mapping[name] == nil {
            throw reading.fault(node, "`\(join(path, name))` is missing: write \(name): … here")
        }
    }

    func override(
        _ path: String, _ owner: inout Owner, _ reading: inout ConfigurationReading
    ) throws(ConfigurationFault) {
        for key in keys { try key.override(join(path, key.name), &owner, &reading) }
    }

    private func unknown(_ name: String, _ path: String) -> String {
        let place = path.isEmpty ? "" : " in `\(path)`"
        if let near = NearestName.of(name, among: keys.map(\.name)) {
            return "unknown key \"\(name)\"\(place): did you mean \"\(near)\"?"
        }
        return "unknown key \"\(name)\"\(place): known are \(keys.map(\.name).joined(separator: ", "))"
    }

    private func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
