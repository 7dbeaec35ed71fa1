// How a single value is written in the configuration: read from its text, and written back for the documents.

import XMPP

/// The written form of one kind of value.
struct ValueForm<Value: Sendable>: Sendable {
    /// What values there are, for documents and refusals: "true or false", "a number from 1 to 65535".
    let words: String
    /// The value of a text; nil if it is none.
    let read: @Sendable (String) -> Value?
    /// The text of a value.
    let write: @Sendable (Value) -> String
}

extension ValueForm where Value == String {
    static var text: Self { Self(words: "a text", read: { $0.isEmpty ? nil : $0 }, write: { $0 }) }

    /// The name of a part of the server: no address, no path.
    static var name: Self {
        Self(
            words: "a name of letters, digits, - and _",
            read: { $0.isEmpty || !$0.allSatisfy { $0.isLetter || $0.isNumber || "-_".contains($0) } ? nil : $0 },
            write: { $0 })
    }

    static var path: Self { Self(words: "a path", read: { $0.isEmpty ? nil : $0 }, write: { $0 }) }

    /// The name of an environment variable.
    static var variable: Self {
        Self(
            words: "the name of an environment variable",
            read: { $0.isEmpty || $0.contains { $0 == "=" || $0 == " " } ? nil : $0 }, write: { $0 })
    }

    /// A domain of XMPP addresses, prepared (RFC 7622 §3.2).
    static var domain: Self {
        Self(
            words: "a domain", read: { (try? JID(local: nil, domain: $0, resource: nil))?.domain }, write: { $0 })
    }
}

extension ValueForm where Value == Bool {
    static var flag: Self {
        Self(
            words: "true or false",
            read: { text in
                switch text.lowercased() {
                case "true", "yes", "on": true
                case "false", "no", "off": false
                default: nil
                }
            }, write: { $0 ? "true" : "false" })
    }
}

extension ValueForm where Value == Int {
    static func number(_ range: ClosedRange<Int>) -> Self {
        Self(
            words: "a number from \(range.lowerBound) to \(range.upperBound)",
            read: { text in Int(text.filter { $0 != "_" }).flatMap { range.contains($0) ? $0 : nil } },
            write: { String($0) })
    }
}

extension ValueForm where Value == JID {
    /// An account's address without a resource.
    static var account: Self {
        Self(
            words: "an address like ada@example.org",
            read: { text in (try? JID(text)).flatMap { $0.local != nil && $0.isBare ? $0 : nil } },
            write: { $0.description })
    }
}

extension ValueForm where Value == SocketPlace {
    static var place: Self {
        Self(
            words: "an address and port, like 127.0.0.1:5222 or [::1]:5222", read: { SocketPlace($0) },
            write: { $0.description })
    }
}

extension ValueForm where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    static var choice: Self {
        let words = Value.allCases.map(\.rawValue)
        let list = words.dropLast().joined(separator: ", ") + (words.count > 1 ? " or " : "") + (words.last ?? "")
        return Self(words: list, read: { Value(rawValue: $0) }, write: { $0.rawValue })
    }
}

extension ValueForm {
    /// The same values, or none, which is written as `word`; an empty word: by leaving the key out.
    func orNone(_ word: String = "") -> ValueForm<Value?> {
        ValueForm<Value?>(
            words: word.isEmpty ? words : "\(words), or \(word)",
            read: { text in !word.isEmpty && text == word ? .some(nil) : read(text).map { $0 } },
            write: { $0.map(write) ?? word })
    }
}
