// A password as it is compared: prepared, and never printed.

import XMPP

/// A password prepared by the OpaqueString profile (RFC 8265 §4.2), so that the same password typed on two keyboards
/// is the same bytes. Has no description that would give it away.
public struct Password: Sendable, Equatable {
    /// The prepared text as UTF-8.
    let bytes: [UInt8]

    /// Prepares a password; nil where it is empty or has characters the profile forbids.
    public init?(_ text: String) {
        guard let prepared = try? PRECIS.opaqueString(text), !prepared.isEmpty else { return nil }
        bytes = Array(prepared.utf8)
    }
}

extension Password: CustomStringConvertible, CustomReflectable {
    /// Says nothing of the password.
    public var description: String { "Password(…)" }
    /// Has no children, so that dumping it says nothing either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
