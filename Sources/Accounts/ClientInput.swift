// What a connection hands to its session, on the same loop or on another.

import XMPP

/// Something that came from the client, or happened to its connection.
enum ClientInput: Sendable {
    /// A stanza, stamped with its sender.
    case stanza(Stanza)
    /// A stanza that was for the stream itself, or was none; what answers it, if anything does.
    case answered([UInt8])
    /// Say how much was handled.
    case acknowledgementRequested
    /// So much was handled.
    case acknowledged(UInt32)
    /// Nothing came for a long time: ask whether somebody is there.
    case silent
    /// The connection is gone without the stream having been closed, for this reason in words.
    case lost(String)
    /// The stream is closed; nil: the client said so itself.
    case closed(String?)
}
