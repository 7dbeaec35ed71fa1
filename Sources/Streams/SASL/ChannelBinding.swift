// Channel bindings: what ties an authentication to the TLS session it happens in (RFC 5056).

/// One channel binding: its type and the data both ends of the TLS session share.
struct ChannelBinding: Sendable, Equatable {
    /// The registered types we speak.
    enum Kind: String, Sendable {
        case tlsExporter = "tls-exporter"
        case tlsServerEndPoint = "tls-server-end-point"
    }

    let type: Kind
    let data: [UInt8]
}
