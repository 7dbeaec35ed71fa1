// Words of the server's making that nobody guesses.

enum RandomWord {
    private static let letters = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)

    /// A letter for each byte, worth five bits of it, and easy on the eye.
    static func of(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.map { letters[Int($0) % letters.count] }, as: UTF8.self)
    }
}
