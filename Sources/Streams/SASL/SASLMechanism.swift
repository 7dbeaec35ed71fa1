// The SASL mechanisms we speak, in the order in which we would have them used.

/// A SASL mechanism (RFC 5802, RFC 7677, RFC 4616).
public enum SASLMechanism: Sendable, Hashable {
    /// SCRAM with a hash; with channel binding it is the -PLUS form.
    case scram(ScramHash, binding: Bool)
    /// The password itself, only where nobody can listen.
    case plain

    /// All of them, preferred first.
    public static let all: [SASLMechanism] = [
        .scram(.sha256, binding: true), .scram(.sha1, binding: true),
        .scram(.sha256, binding: false), .scram(.sha1, binding: false), .plain,
    ]

    /// The registered name.
    public var name: String {
        switch self {
        case .scram(let hash, let binding): "SCRAM-\(hash.rawValue)" + (binding ? "-PLUS" : "")
        case .plain: "PLAIN"
        }
    }

    /// The mechanism of that registered name, if it is one of ours.
    public init?(name: String) {
        guard let mechanism = Self.all.first(where: { $0.name == name }) else { return nil }
        self = mechanism
    }
}
