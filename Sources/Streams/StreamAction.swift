// What a stream machine wants done.

public import XML
public import XMPP

/// One thing for the owner of a stream to do. Actions are done in the order in which they are returned.
public enum StreamAction: Sendable, Equatable {
    /// Write these bytes.
    case send([UInt8])
    /// Flush, drop every byte that was received and not yet fed in, start TLS as a server; then `secured(_:)`.
    case startTLS
    /// Look up an account by its localpart; then `found(_:)` or `authenticationFailed(_:)`.
    case findCredentials(username: String)
    /// Derive keys away from the loop; then `derived(_:)` or `authenticationFailed(_:)`.
    case derive(KeyDerivation)
    /// The client has proved that it is this account (a bare JID).
    case authenticated(JID)
    /// Give the client this resource (prepared), or one of the owner's choice; then `bound(_:)` or `bindRefused(_:)`.
    case bind(resource: String?)
    /// A registration request of a client that is not authenticated (XEP-0077), without `from`. Answer with bytes.
    case preAuthStanza(Stanza)
    /// A stanza of the bound client, `from` stamped.
    case stanza(Stanza)
    /// Something that has a stanza's name and is none: answer with the error the fault asks for.
    case malformedStanza(Element, StanzaFault)
    /// Flush, then close the connection. The last action of a stream.
    case close
}
