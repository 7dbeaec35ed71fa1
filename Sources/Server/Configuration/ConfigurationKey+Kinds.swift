// The kinds of keys: one value, a list of values, a table, a list of tables.

import Yams

extension ConfigurationKey {
    /// A key with one value; its default is what a fresh `Owner` has there.
    static func value<Value: Sendable>(
        _ name: String, _ place: any WritableKeyPath<Owner, Value> & Sendable, _ form: ValueForm<Value>,
        isServed: Bool = true, _ words: String
    ) -> Self {
        Self(
            name: name,
            entries: { path, owner in
                [
                    KeyEntry(
                        path: path, type: form.words, fallback: form.write(owner[keyPath: place]), words: words,
                        isServed: isServed, isOverridable: !path.contains("["))
                ]
            },
            read: { (node, path, owner, reading) throws(ConfigurationFault) in
                owner[keyPath: place] = try form.value(of: node, path, reading)
                reading.note(path, isServed: isServed, at: node)
            },
            override: { (path, owner, reading) throws(ConfigurationFault) in
                let variable = ConfigurationReading.variable(for: path)
                guard let text = reading.environment.removeValue(forKey: variable) else { return }
                guard let value = form.read(text) else {
                    throw ConfigurationFault(
                        .environment(variable: variable), "\"\(text)\" does not fit: give \(form.words)")
                }
                owner[keyPath: place] = value
                reading.note(path, isServed: isServed)
            })
    }

    /// A key with a list of values.
    static func values<Value: Sendable>(
        _ name: String, _ place: any WritableKeyPath<Owner, [Value]> & Sendable, _ form: ValueForm<Value>,
        _ words: String
    ) -> Self {
        Self(
            name: name,
            entries: { path, owner in
                let fallback = owner[keyPath: place].map(form.write).joined(separator: ", ")
                return [
                    KeyEntry(
                        path: path, type: "a list, each \(form.words)", fallback: "[\(fallback)]", words: words,
                        isServed: true, isOverridable: false)
                ]
            },
            read: { (node, path, owner, reading) throws(ConfigurationFault) in
                var values: [Value] = []
                for item in try node.items(path, reading) { values.append(try form.value(of: item, path, reading)) }
                owner[keyPath: place] = values
                reading.note(path, isServed: true, at: node)
            }, override: { _, _, _ in })
    }

    /// A table. What is not written in it keeps the value of `fresh`, or its default where there is no `fresh`.
    static func section<Value: Sendable>(
        _ name: String, _ place: any WritableKeyPath<Owner, Value> & Sendable, fresh: Value? = nil,
        isServed: Bool = true,
        _ section: ConfigurationSection<Value>
    ) -> Self {
        Self(
            name: name, entries: { path, owner in section.entries(below: path, owner[keyPath: place]) },
            read: { (node, path, owner, reading) throws(ConfigurationFault) in
                var value = fresh ?? owner[keyPath: place]
                try section.read(node, path, into: &value, &reading)
                owner[keyPath: place] = value
                reading.note(path, isServed: isServed)
            },
            override: { (path, owner, reading) throws(ConfigurationFault) in
                try section.override(path, &owner[keyPath: place], &reading)
            })
    }

    /// A list of tables, each begun as `fresh`.
    static func list<Value: Sendable>(
        _ name: String, _ place: any WritableKeyPath<Owner, [Value]> & Sendable, of fresh: Value, fallback: String,
        isServed: Bool = true, _ section: ConfigurationSection<Value>, _ words: String
    ) -> Self {
        Self(
            name: name,
            entries: { path, _ in
                let head = KeyEntry(
                    path: path, type: "a list of tables", fallback: fallback, words: words, isServed: isServed,
                    isOverridable: false)
                return [head] + section.entries(below: path + "[]", fresh)
            },
            read: { (node, path, owner, reading) throws(ConfigurationFault) in
                var values: [Value] = []
                for item in try node.items(path, reading) {
                    var value = fresh
                    try section.read(item, path + "[]", into: &value, &reading)
                    values.append(value)
                }
                owner[keyPath: place] = values
                reading.note(path, isServed: isServed)
            }, override: { _, _, _ in })
    }
}

extension ValueForm {
    /// The value of a YAML scalar.
    fileprivate func value(
        of node: Node, _ path: String, _ reading: ConfigurationReading
    ) throws(ConfigurationFault) -> Value {
        guard let scalar = node.scalar else { throw reading.fault(node, "`\(path)` wants \(words)") }
        if let value = read(scalar.string) { return value }
        let given = scalar.string.isEmpty ? "there is no value" : "\"\(scalar.string)\" does not fit"
        throw reading.fault(node, "`\(path)`: \(given): give \(words)")
    }
}

extension Node {
    /// The items of a YAML list.
    fileprivate func items(
        _ path: String, _ reading: ConfigurationReading
    ) throws(ConfigurationFault) -> [Node] {
        guard let sequence else { throw reading.fault(self, "`\(path)` is a list: write [ … ] or lines with - ") }
        return Array(sequence)
    }
}
