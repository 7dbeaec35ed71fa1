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
    /// Find the session of this id, of which the client has handled so many stanzas (XEP-0198 §5); then
    /// `resumed(_:handled:)` or `resumeRefused(_:handled:)`.
    case resume(id: String, h: UInt32)
    /// From here on stanzas are counted both ways (XEP-0198 §3); `seconds`: for how long the client would like to be
    /// waited for, if at all. Then `managementEnabled(_:)`.
    case enableManagement(resume: Bool, seconds: Int?)
    /// The client asks how many of its stanzas were handled (XEP-0198 §4).
    case acknowledgementRequested
    /// The client has handled so many stanzas (XEP-0198 §4).
    case acknowledged(UInt32)
    /// A stanza of the bound client, `from` stamped.
    case stanza(Stanza)
    /// A stanza of the bound client was for the stream itself, and this stanza answers it.
    case answered([UInt8])
    /// Something that has a stanza's name and is none: answer with the error the fault asks for.
    case malformedStanza(Element, StanzaFault)
    /// Flush, then close the connection. The last action of a stream.
    case close
}
