// Words of strangers, made harmless for the operator's terminal and log.

/// Text of strangers on the operator's terminal.
public enum TerminalText {
    /// The text without characters that could move a cursor or forge a line.
    public static func clean(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse: scalars.append("\u{fffd}")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
