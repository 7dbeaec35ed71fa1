// The ends that the server itself puts to a client's stream.

import Streams

enum StreamErrors {
    /// RFC 6120 §4.9.3.21.
    static let shutdown = StreamError(.systemShutdown, "the server goes down")
    /// RFC 6120 §7.7.2.2.
    static let replaced = StreamError(.conflict, "another client took this resource")
    /// RFC 6120 §4.9.3.12: the account was deleted while its client was connected.
    static let accountGone = StreamError(.notAuthorized, "the account was removed")
}
