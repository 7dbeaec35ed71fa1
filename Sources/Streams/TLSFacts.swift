// What a finished TLS handshake tells the stream above it.

/// Facts of the TLS session a stream runs in.
public struct TLSFacts: Sendable, Equatable {
    /// The protocol version that was agreed.
    public enum Version: Sendable, Equatable {
        /// TLS 1.2 (RFC 5246).
        case tls12
        /// TLS 1.3 (RFC 8446).
        case tls13
    }

    /// The protocol version that was agreed.
    public var version: Version
    /// The application protocol agreed by ALPN ("xmpp-client"), if any (XEP-0368).
    public var applicationProtocol: String?
    /// Channel binding data of `tls-exporter` (RFC 9266): 32 bytes, where the library gives them.
    public var exporter: [UInt8]?
    /// Channel binding data of `tls-server-end-point` (RFC 5929 §4): hash of the server's certificate.
    public var serverEndPoint: [UInt8]?

    /// The facts of one session.
    public init(
        version: Version, applicationProtocol: String? = nil, exporter: [UInt8]? = nil, serverEndPoint: [UInt8]? = nil
    ) {
        self.version = version
        self.applicationProtocol = applicationProtocol
        self.exporter = exporter
        self.serverEndPoint = serverEndPoint
    }

    /// The channel bindings there are data for.
    var bindings: [ChannelBinding] {
        var bindings: [ChannelBinding] = []
        if let exporter { bindings.append(ChannelBinding(type: .tlsExporter, data: exporter)) }
        if let serverEndPoint { bindings.append(ChannelBinding(type: .tlsServerEndPoint, data: serverEndPoint)) }
        return bindings
    }
}
