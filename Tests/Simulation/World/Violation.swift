// Something that must never be, and was.

/// What a checker found.
package struct Violation: Error, Sendable, Equatable, CustomStringConvertible {
    /// The rule, in a word or two: the name of its checker.
    package let rule: String
    package let what: String
    /// The clients concerned, by name.
    package var clients: [String] = []
    /// The room concerned.
    package var room: String?

    package var description: String { "\(rule): \(what)" }
}
