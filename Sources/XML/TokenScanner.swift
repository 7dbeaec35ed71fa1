// Finds where an unfinished piece of markup ends, looking at every byte once.

/// Follows one token of markup, from its first byte, over as many chunks as it takes.
///
/// A peer may send a start tag byte by byte. Tokenizers read an unfinished token anew with each chunk, which costs
/// the square of its length; this scanner only tells tags' ends from the `>` in quotes, so that an unfinished token
/// can be kept away from the tokenizer. It also refuses at once the markup that XMPP forbids, which might never end.
struct TokenScanner {
    enum Verdict: Equatable {
        /// All bytes belong to the token, which goes on.
        case unfinished
        /// The token's last byte is the one before this index.
        case ended(Int)
        /// The token is of a kind that XMPP forbids (RFC 6120 §11.1).
        case restricted
    }

    private enum State {
        case start, opened, exclamation, tag, apostrophe, quote, reference
        /// At its end by what this scanner knows.
        case over
        /// Not understood: only its length is watched from now on.
        case unknown
    }

    private var state = State.start
    /// Whether a token that begins `<?` is let pass, as the XML declaration at the start of a stream is.
    private let allowsDeclaration: Bool

    init(allowsDeclaration: Bool = false) {
        self.allowsDeclaration = allowsDeclaration
    }

    /// Gives up on a token which the tokenizer and this scanner see differently.
    mutating func giveUp() { state = .unknown }

    /// Scans the next bytes of the token.
    mutating func scan(_ bytes: UnsafeRawBufferPointer, from start: Int = 0) -> Verdict {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            switch state {
            case .tag: state = Self.afterTagByte(byte)
            case .apostrophe: if byte == UInt8(ascii: "'") { state = .tag }
            case .quote: if byte == UInt8(ascii: "\"") { state = .tag }
            case .reference: if byte == UInt8(ascii: ";") || byte == UInt8(ascii: "<") { state = .over }
            case .start: state = Self.afterFirstByte(byte)
            case .opened:
                if byte == UInt8(ascii: "?") && !allowsDeclaration { return .restricted }
                state = byte == UInt8(ascii: "!") ? .exclamation : Self.afterTagByte(byte)
            case .exclamation:
                if byte != UInt8(ascii: "[") { return .restricted }
                state = .over
            case .over: return .ended(index)
            case .unknown: return .unfinished
            }
            index += 1
            if case .over = state { return .ended(index) }
        }
        return .unfinished
    }

    private static func afterFirstByte(_ byte: UInt8) -> State {
        switch byte {
        case UInt8(ascii: "<"): .opened
        case UInt8(ascii: "&"): .reference
        // A part of a character, `]]` or a carriage return: at most three bytes, of which nothing need be known.
        default: .over
        }
    }

    private static func afterTagByte(_ byte: UInt8) -> State {
        switch byte {
        case UInt8(ascii: ">"): .over
        case UInt8(ascii: "'"): .apostrophe
        case UInt8(ascii: "\""): .quote
        default: .tag
        }
    }
}
