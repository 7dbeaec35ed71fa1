// Everything a client may use of a stream before it is stopped, each with a name.

public import XML

/// Limits of one client stream.
public struct StreamLimits: Sendable {
    /// Limits of the XML itself: bytes of a stanza, depth, attributes, children. Default `XMLLimits.default`.
    public var xml: XMLLimits
    /// Bytes a client may send before it is authenticated, headers, SASL and registration together. Default 65,536.
    public var bytesBeforeAuthentication: Int
    /// Bytes a client may send while it waits for an answer of ours (a login, a binding). Default 262,144.
    public var bytesWhileWaiting: Int
    /// Bytes of one SASL message, decoded. Default 4,096.
    public var saslMessageBytes: Int
    /// Failed logins on one stream, counted over restarts; with the last the stream ends. RFC 6120 §6.4.5 wants two to
    /// five retries. Default 3.
    public var failedLogins: Int
    /// Refused resource bindings on one stream; with the last the stream ends. Default 5.
    public var refusedBindings: Int

    /// The defaults, or any of them changed.
    public init(
        xml: XMLLimits = .default, bytesBeforeAuthentication: Int = 65_536, bytesWhileWaiting: Int = 262_144,
        saslMessageBytes: Int = 4_096, failedLogins: Int = 3, refusedBindings: Int = 5
    ) {
        self.xml = xml
        self.bytesBeforeAuthentication = bytesBeforeAuthentication
        self.bytesWhileWaiting = bytesWhileWaiting
        self.saslMessageBytes = saslMessageBytes
        self.failedLogins = failedLogins
        self.refusedBindings = refusedBindings
    }
}
