// Unpredictable bytes from the operating system, and words made of them.

/// Where keys, ids and salts come from.
enum Chance {
    /// So many unpredictable bytes.
    @Sendable static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count {
            withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
        }
        return Array(bytes.prefix(count))
    }

    /// A password one can read aloud and type: five groups of two syllables, about 64 bits.
    static func password() -> String {
        let consonants = Array("bdfghjklmnprstvwz")
        let vowels = Array("aeiou")
        var generator = SystemRandomNumberGenerator()
        let groups = (0..<5).map { _ in
            (0..<2).map { _ in
                let first = consonants[Int.random(in: 0..<consonants.count, using: &generator)]
                let second = vowels[Int.random(in: 0..<vowels.count, using: &generator)]
                return "\(first)\(second)"
            }.joined()
        }
        return groups.joined(separator: "-")
    }
}
