// Mutated streams: nothing traps, and whatever is read can be written and read again.

import Testing

@testable import XML

@Suite struct MutationTests {
    private static let fragments = [
        "<", ">", "/>", "</", "'", "\"", "&", ";", "&amp;", "&#x", "]]>", "<![CDATA[", "<!--", "<?", "<!DOCTYPE",
        "xmlns=", "xmlns:p='", " xml:lang='x'", "xml:", ":", "\u{0}", "\u{FFFE}", "é", "<a>", "</a>", "<a b='",
        "</stream:stream>",
    ]

    private func mutate(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            guard let at = bytes.indices.randomElement(using: &random) else { break }
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[at] = UInt8(ascii: "a") + UInt8.random(in: 0..<26, using: &random)
            case 2: bytes.remove(at: at)
            case 3:
                let fragment = Self.fragments[Int.random(in: 0..<Self.fragments.count, using: &random)]
                bytes.insert(contentsOf: fragment.utf8, at: at)
            case 4:
                let end = min(bytes.count, at + Int.random(in: 1...60, using: &random))
                bytes.insert(contentsOf: Array(bytes[at..<end]), at: Int.random(in: 0...bytes.count, using: &random))
            default: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...20, using: &random)))
            }
        }
        return bytes
    }

    @Test(arguments: 1...4) func mutatedStanzas(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let pool = ParserPool(limit: 2)
        let header = Array(Corpus.header.utf8)
        var read = 0
        for stanza in Corpus.stanzas {
            for _ in 0..<40 {
                let bytes = header + mutate(Array(stanza.utf8), &random) + Array("<end/>".utf8)
                let whole = Reading(bytes, pool: pool)
                let cut = Reading(bytes, chunk: Int.random(in: 1...9, using: &random), pool: pool)
                // What is unfinished is refused later in small pieces; nothing else may differ but the reason.
                #expect(whole.tokens == cut.tokens)
                for element in whole.stanzas {
                    read += 1
                    let again = try Element(parsing: element.bytes(), pool: pool)
                    #expect(again == element)
                }
            }
        }
        #expect(read > 250)
        #expect(Reading(Corpus.stream, chunk: 13, pool: pool) == Reading(Corpus.stream))
    }

    @Test func mutatedHeaders() {
        var random = SeededGenerator(seed: 11)
        let pool = ParserPool(limit: 2)
        var opened = 0
        for _ in 0..<600 {
            let bytes = mutate(Array(Corpus.header.utf8), &random) + Array(Corpus.stanzas[3].utf8)
            let whole = Reading(bytes, pool: pool)
            #expect(whole.tokens == Reading(bytes, chunk: 5, pool: pool).tokens)
            opened += whole.tokens.isEmpty ? 0 : 1
        }
        #expect(opened > 50)
    }
}
