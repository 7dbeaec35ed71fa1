// Unfinished tokens cost what their bytes cost, however they are cut.

import Testing

@testable import XML

@Suite struct TokenScannerTests {
    private func verdict(_ text: String) -> TokenScanner.Verdict {
        var whole = TokenScanner()
        let verdict = Array(text.utf8).withUnsafeBytes { whole.scan($0) }
        var cut = TokenScanner()
        for (index, byte) in text.utf8.enumerated() {
            let step = [byte].withUnsafeBytes { cut.scan($0) }
            if step == .unfinished { continue }
            #expect(verdict == (step == .restricted ? .restricted : .ended(index + 1)))
            return verdict
        }
        #expect(verdict == .unfinished)
        return verdict
    }

    @Test func findsTheEndsOfTokens() {
        #expect(verdict("<a>") == .ended(3))
        #expect(verdict("<a b='>' c=\">'\">x>") == .ended(16))
        #expect(verdict("</a >") == .ended(5))
        #expect(verdict("&amp;x") == .ended(5))
        #expect(verdict("<a b='>>>\"") == .unfinished)
        #expect(verdict("&amp") == .unfinished)
        #expect(verdict("<![") == .ended(3))
        #expect(verdict("]]") == .ended(1))
        #expect(verdict("<!-") == .restricted && verdict("<!D") == .restricted && verdict("<?x") == .restricted)
        #expect(verdict("<!") == .unfinished && verdict("<") == .unfinished)
    }

    /// One 64 KiB token byte by byte: expat looks at each byte a bounded number of times, not at all again each time.
    @Test(arguments: [
        ("<a b='", "x", "'/>"), ("<a b='", ">", "'/>"), ("<a b=\"", "'", "\"/>"), ("<a b='", "&amp;", "'/>"),
        ("<a", " ", "/>"), ("<", "a", "/>"), ("<a", "", "></a   >"), ("<a>", "text", "</a>"), ("<a>", "]", "</a>"),
        ("<a><![CDATA[", "]", "]]></a>"), ("<a>", "&lt;", "</a>"), ("<a>&#", "0", "60;</a>"), ("<a>", "é", "</a>"),
    ])
    func aLargeTokenByteByByteIsLinear(token: (start: String, filling: String, end: String)) throws {
        for pool in [nil, ParserPool()] {
            var costs: [Double] = []
            for size in [16_384, 65_000] {
                let count = token.filling.isEmpty ? 0 : size / token.filling.utf8.count
                let text = token.start + String(repeating: token.filling, count: count) + token.end
                let parser = StreamParser(pool: pool)
                try parser.feed(Array(Corpus.header.utf8)) { _ in }
                let before = parser.bytesScanned
                let reading = Reading(Array(text.utf8), chunk: 1, with: parser)
                #expect(reading.fault == nil && reading.stanzas.count == 1)
                costs.append(Double(parser.bytesScanned - before) / Double(text.utf8.count))
            }
            #expect(costs.allSatisfy { $0 < 4 }, "\(costs)")
        }
    }

    @Test func aLargeHeaderByteByByteIsLinear() {
        let parser = StreamParser()
        let header = "<s a='" + String(repeating: ">", count: 8_000) + "'>"
        #expect(Reading(Array(header.utf8), chunk: 1, with: parser).tokens.count == 1)
        #expect(parser.bytesScanned == header.utf8.count)
    }
}
