// Why stored bytes are not what they should be.

/// Stored bytes that cannot be read: damaged, or written by a version that is not known.
public enum CodingFault: Error, Sendable, Equatable {
    /// They end too early.
    case truncated
    /// They go on where they should end.
    case trailingBytes
    /// A number that no number of its kind can be.
    case numberOutOfRange
    /// A text that is not UTF-8, not an address, or not XML.
    case malformed(String)
    /// The first byte names a version that is not known.
    case unknownVersion(UInt8)
    /// A kind of event, value or state that is not known.
    case unknownKind(UInt8)
}
