// The stream parser: whole streams in chunks of any size, keepalives, restarts, the end.

import Testing

@testable import XML

@Suite struct StreamParserTests {
    @Test(arguments: [1, 2, 3, 7, 64, 1460, .max], [false, true])
    func chunksOfAnySizeGiveTheSameTokens(chunk: Int, pooled: Bool) throws {
        let whole = Reading(Corpus.stream)
        let reading = Reading(Corpus.stream, chunk: chunk, pool: pooled ? ParserPool() : nil)
        #expect(reading == whole)
        #expect(reading.fault == nil)
        #expect(reading.stanzas.count == Corpus.stanzas.count)
        #expect(reading.tokens.last == .closed)
        guard case .opened(let header)? = reading.tokens.first else { throw XMLFault.notWellFormed }
        #expect(header.name == "stream" && header.namespace == "http://etherx.jabber.org/streams")
        #expect(header.defaultNamespace == "jabber:client" && header.language == "en")
        #expect(header["to"] == "example.org" && header["version"] == "1.0" && header.attributes.count == 3)
    }

    @Test func stanzasComeAsSoonAsTheirLastByte() throws {
        for pool in [nil, ParserPool()] {
            let parser = StreamParser(pool: pool)
            try parser.feed(Array(Corpus.header.utf8)) { _ in }
            for stanza in Corpus.stanzas {
                let bytes = Array(stanza.utf8)
                var count = 0
                for byte in bytes.dropLast() { try parser.feed([byte]) { _ in count += 1 } }
                #expect(count == 0)
                try parser.feed([bytes[bytes.count - 1]]) { _ in count += 1 }
                #expect(count == 1, "\(stanza)")
            }
        }
    }

    @Test func whiteSpaceBetweenStanzasIsNoToken() {
        #expect(Reading(Corpus.header + " \n\t\r ").tokens.count == 1)
        #expect(Reading(Corpus.header + " \n\t\r ", chunk: 1, pool: ParserPool()).fault == nil)
        #expect(Reading("\n " + Corpus.header, chunk: 1).tokens.count == 1)
    }

    @Test func whatFollowsTheEndIsIgnored() {
        let reading = Reading(Corpus.header + "</stream:stream><junk>&")
        #expect(reading.fault == nil && reading.tokens.count == 2 && reading.tokens.last == .closed)
        #expect(Reading(Corpus.header + "</stream:stream>more", chunk: 1).fault == nil)
        #expect(Reading("<a xmlns='urn:a'/>rest").tokens.count == 2)
    }

    @Test func headersWithoutDeclarationOrDefaultNamespaceAreRead() throws {
        let reading = Reading("<s:stream xmlns:s='urn:s'><s:x/><y/>", chunk: 1)
        guard case .opened(let header)? = reading.tokens.first else { throw XMLFault.notWellFormed }
        #expect(header.defaultNamespace.isEmpty && header.namespace == "urn:s")
        #expect(reading.stanzas.map(\.namespace) == ["urn:s", ""])
    }

    @Test(arguments: [1, .max]) func restartDropsWhatIsPending(chunk: Int) throws {
        for pool in [nil, ParserPool()] {
            let parser = StreamParser(pool: pool)
            let before = Reading(Array((Corpus.header + "<auth/><mess").utf8), chunk: chunk, with: parser)
            #expect(before.stanzas.count == 1)
            parser.restart()
            #expect(Reading(Array(Corpus.stream.utf8), chunk: chunk, with: parser) == Reading(Corpus.stream))
        }
    }

    @Test func restartWithinATokenDropsTheRestOfTheBytes() throws {
        let parser = StreamParser(pool: ParserPool())
        var names: [String] = []
        try parser.feed(Array((Corpus.header + "<starttls/><injected/><broken").utf8)) { token in
            guard case .stanza(let element) = token else { return }
            names.append(element.name)
            parser.restart()
        }
        #expect(names == ["starttls"])
        #expect(Reading(Array(Corpus.stream.utf8), chunk: 5, with: parser) == Reading(Corpus.stream))
    }

    @Test func restartWithinATokenHidesALaterFault() throws {
        let parser = StreamParser()
        try parser.feed(Array((Corpus.header + "<auth/></wrong>").utf8)) { token in
            if case .stanza = token { parser.restart() }
        }
        #expect(Reading(Array(Corpus.stream.utf8), chunk: .max, with: parser).fault == nil)
    }

    @Test func feedingFromATokenTraps() async {
        await #expect(processExitsWith: .failure) {
            let parser = StreamParser()
            try parser.feed(Array("<a>".utf8)) { _ in try? parser.feed(Array("<b/>".utf8)) { _ in } }
        }
    }

    @Test func aFaultIsThrownAgainUntilARestart() throws {
        let parser = StreamParser(pool: ParserPool())
        #expect(Reading(Array((Corpus.header + "<a></b>").utf8), chunk: .max, with: parser).fault == .notWellFormed)
        #expect(throws: XMLFault.notWellFormed) { try parser.feed(Array("<a/>".utf8)) { _ in } }
        parser.restart()
        #expect(Reading(Array(Corpus.stream.utf8), chunk: .max, with: parser).fault == nil)
    }
}
