// Streams that share parsers read as if each had its own.

import Testing

@testable import XML

@Suite struct ParserPoolTests {
    @Test func aStreamBetweenStanzasHoldsNoParser() throws {
        let pool = ParserPool()
        let parser = StreamParser(pool: pool)
        try parser.feed(Array(Corpus.header.utf8)) { _ in }
        #expect(pool.count == 1)
        try parser.feed(Array("<message><bo".utf8)) { _ in }
        #expect(pool.count == 0)
        try parser.feed(Array("dy/></message>".utf8)) { _ in }
        #expect(pool.count == 1)
        try parser.feed(Array(" ".utf8)) { _ in }
        try parser.feed(Array("<mes".utf8)) { _ in }
        #expect(pool.count == 0)
    }

    @Test func theBoundHolds() throws {
        let pool = ParserPool(limit: 2)
        let streams = (0..<5).map { _ in StreamParser(pool: pool) }
        for stream in streams { try stream.feed(Array((Corpus.header + "<a>").utf8)) { _ in } }
        #expect(pool.count == 0)
        for stream in streams { try stream.feed(Array("</a>".utf8)) { _ in } }
        #expect(pool.count == 2)
    }

    /// Streams with different declarations of the same prefixes, taking turns stanza by stanza.
    @Test func streamsOfDifferentNamespacesTakeTurns() throws {
        for limit in [0, 1, 2, 64] {
            let pool = ParserPool(limit: limit)
            let namespaces = ["jabber:client", "jabber:server", "urn:it's <odd> & \"long\"", ""]
            var streams: [(StreamParser, String)] = []
            for namespace in namespaces {
                let parser = StreamParser(pool: pool)
                var header = XMLWriter(in: "?")
                header.open("stream", namespace)
                header.close()
                let tag = String(decoding: header.finish().dropLast(2), as: UTF8.self)
                try parser.feed(Array((tag + " xmlns:p='urn:p:\(namespace.utf8.count)'>").utf8)) { _ in }
                streams.append((parser, namespace))
            }
            for round in 0..<3 {
                for (parser, namespace) in streams {
                    var read: [Element] = []
                    try parser.feed(Array("<p:x n='\(round)'><y/></p:x>".utf8)) { token in
                        if case .stanza(let element) = token { read.append(element) }
                    }
                    #expect(read.map(\.namespace) == ["urn:p:\(namespace.utf8.count)"])
                    #expect(read.first?.firstChild?.namespace == namespace)
                }
            }
        }
    }

    @Test func revivedStreamsReadTheCorpusLikeOthers() {
        let pool = ParserPool(limit: 1)
        let whole = Reading(Corpus.stream).tokens
        let one = StreamParser(pool: pool)
        let other = StreamParser(pool: pool)
        var tokens: [[StreamToken]] = [[], []]
        let second = Corpus.stream.replacing("stream:", with: "s:").replacing("xmlns:stream", with: "xmlns:s")
        let bytes = [Array(Corpus.stream.utf8), Array(second.utf8)]
        for start in stride(from: 0, to: bytes[0].count, by: 11) {
            for (number, parser) in [one, other].enumerated() where start < bytes[number].count {
                let end = min(start + 11, bytes[number].count)
                do throws(XMLFault) {
                    try parser.feed(Array(bytes[number][start..<end])) { tokens[number].append($0) }
                } catch {
                    Issue.record("\(error)")
                }
            }
        }
        #expect(tokens[0] == whole && tokens[1] == whole)
    }

    @Test func failedAndRestartedParsersDoNotGoBackDirty() throws {
        let pool = ParserPool(limit: 4)
        for broken in ["<a></b>", "<a><!-- -->", "<a><b c='", "<a>text", "<x:y/>", "<a><![CDATA["] {
            let parser = StreamParser(pool: pool)
            _ = Reading(Array((Corpus.header + broken).utf8), chunk: 4, with: parser)
            parser.restart()
            #expect(pool.count > 0)
            #expect(Reading(Corpus.stream, chunk: 9, pool: pool) == Reading(Corpus.stream), "\(broken)")
        }
    }

    @Test func wornParsersAreLetGo() throws {
        let pool = ParserPool()
        let parser = StreamParser(pool: pool)
        try parser.feed(Array(Corpus.header.utf8)) { _ in }
        let stanza = Array("<a>\(String(repeating: "x", count: 100_000))</a>".utf8)
        var counts: Set<Int> = []
        var read = 0
        for _ in 0..<12 {
            try parser.feed(stanza) { _ in read += 1 }
            counts.insert(pool.count)
        }
        #expect(read == 12)
        #expect(counts == [0, 1])
    }

    @Test func elementsAreReadWithPooledParsers() throws {
        let pool = ParserPool()
        for namespace in ["jabber:client", "jabber:server"] {
            for _ in 0..<2 {
                #expect(try Element(parsing: "<a/>", in: namespace, pool: pool).namespace == namespace)
            }
            #expect(throws: XMLFault.notWellFormed) { try Element(parsing: "<a>", in: namespace, pool: pool) }
        }
        #expect(pool.count == 1)
    }
}
