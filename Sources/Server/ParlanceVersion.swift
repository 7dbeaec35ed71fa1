// What this program is called.

/// Name and version, as `parlance version` and XEP-0092 tell them.
public enum ParlanceVersion {
    public static let name = "Parlance"
    public static let number = "0.1.0"
}
