// Swift text with comments and string contents blanked out, so that rules see code only.

/// The code of a Swift file, byte for byte where it stood: comments and literals are spaces, line ends are kept.
struct SwiftCode {
    private(set) var bytes: [UInt8]
    private var at = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
        blank(until: nil)
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Walks code until `closer` on the same nesting level (the end of an interpolation), or to the end.
    private mutating func blank(until closer: UInt8?) {
        var depth = 0
        while at < bytes.count {
            if starts("//") {
                erase { $0 == UInt8(ascii: "\n") }
            } else if starts("/*") {
                eraseBlockComment()
            } else if let hashes = literalHashes() {
                eraseLiteral(hashes: hashes)
            } else {
                let byte = bytes[at]
                if closer != nil, byte == UInt8(ascii: "(") { depth += 1 }
                if closer != nil, byte == closer {
                    if depth == 0 { return }
                    depth -= 1
                }
                at += 1
            }
        }
    }

    private func starts(_ token: StaticString) -> Bool {
        token.withUTF8Buffer { bytes[at...].starts(with: $0) }
    }

    private mutating func erase(count: Int) {
        for _ in 0..<count where at < bytes.count {
            if bytes[at] != UInt8(ascii: "\n") { bytes[at] = UInt8(ascii: " ") }
            at += 1
        }
    }

    private mutating func erase(until isEnd: (UInt8) -> Bool) {
        while at < bytes.count, !isEnd(bytes[at]) { erase(count: 1) }
    }

    private mutating func eraseBlockComment() {
        var depth = 0
        repeat {
            if starts("/*") {
                depth += 1
                erase(count: 2)
            } else if starts("*/") {
                depth -= 1
                erase(count: 2)
            } else {
                erase(count: 1)
            }
        } while depth > 0 && at < bytes.count
    }

    /// The number of `#` before the quote if a string literal starts here.
    private func literalHashes() -> Int? {
        let hashes = bytes[at...].prefix { $0 == UInt8(ascii: "#") }.count
        let quote = at + hashes
        return quote < bytes.count && bytes[quote] == UInt8(ascii: "\"") ? hashes : nil
    }

    private mutating func eraseLiteral(hashes: Int) {
        erase(count: hashes)
        let quotes = starts("\"\"\"") ? 3 : 1
        erase(count: quotes)
        let fence = [UInt8](repeating: UInt8(ascii: "#"), count: hashes)
        let end = [UInt8](repeating: UInt8(ascii: "\""), count: quotes) + fence
        let escape = [UInt8(ascii: "\\")] + fence
        while at < bytes.count {
            if bytes[at...].starts(with: end) { return erase(count: end.count) }
            if quotes == 1, bytes[at] == UInt8(ascii: "\n") { return }
            guard bytes[at...].starts(with: escape) else {
                erase(count: 1)
                continue
            }
            erase(count: escape.count)
            if at < bytes.count, bytes[at] == UInt8(ascii: "(") {
                erase(count: 1)
                blank(until: UInt8(ascii: ")"))
            }
            erase(count: 1)
        }
    }
}
