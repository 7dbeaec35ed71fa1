// Finds the end of a stream header, and with it the beginning of stanzas.

/// Scans the start of a stream: an XML declaration or none, white space, the stream's start tag.
struct HeaderScanner {
    private var token: TokenScanner?
    private var tokenStart = 0
    /// How many bytes were scanned.
    private var position = 0

    /// Scans what is new at the end of all bytes since the start of the stream, leading white space left out.
    ///
    /// - Returns: How many bytes the header has, or nil while it is incomplete.
    mutating func scan(_ bytes: [UInt8]) throws(XMLFault) -> Int? {
        try checkEncoding(bytes)
        while position < bytes.count {
            if token == nil {
                let byte = bytes[position]
                if isWhitespace(byte) {
                    position += 1
                    continue
                }
                guard byte == UInt8(ascii: "<") else { throw .notWellFormed }
                token = TokenScanner(allowsDeclaration: position == 0)
                tokenStart = position
            }
            switch bytes.withUnsafeBytes({ token?.scan($0, from: position) }) {
            case .ended(let end)?:
                position = end
                token = nil
                let isDeclaration = tokenStart == 0 && bytes[1] == UInt8(ascii: "?")
                if !isDeclaration { return end }
            case .restricted?: throw .restricted
            case .unfinished?, nil: position = bytes.count
            }
        }
        return nil
    }

    /// UTF-16 and UTF-32 are told by their first bytes, with or without a byte order mark.
    private func checkEncoding(_ bytes: [UInt8]) throws(XMLFault) {
        for byte in bytes.prefix(2) where byte == 0 || byte >= 0xFE { throw .unsupportedEncoding }
    }
}

/// Whether a byte is white space (XML 1.0 §2.3).
@inline(__always)
func isWhitespace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}
