// Nicknames: how they are shown, and when two of them are the same.

/// The Nickname profile (RFC 8266).
public enum Nickname {
    /// The nickname as it is shown: spaces trimmed and single, compatibility characters replaced, case kept
    /// (RFC 8266 §2.3); nil when it is not one.
    public static func prepare(_ text: String) -> String? { try? PRECIS.nickname(text) }

    /// What two nicknames are compared by: the same without regard to case (RFC 8266 §2.4); nil when the text
    /// is not a nickname.
    public static func key(_ text: String) -> String? { try? PRECIS.nicknameKey(text) }
}
