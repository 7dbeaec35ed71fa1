// Each limit at its edge, and one beyond.

import Testing

@testable import XML

@Suite struct XMLLimitsTests {
    /// Reads a stanza in several chunk sizes, which must agree, and tells the fault.
    private func fault(
        _ stanza: String, _ limits: XMLLimits, header: String = "<s xmlns='jabber:client'>"
    ) -> XMLFault? {
        let faults = [1, 7, 64, .max].map { Reading(header + stanza, chunk: $0, limits: limits).fault }
        #expect(faults.allSatisfy { $0 == faults[0] })
        let pooled = Reading(header + stanza, chunk: 3, limits: limits, pool: ParserPool()).fault
        #expect(pooled == faults[0])
        return faults[0]
    }

    private func limits(_ change: (inout XMLLimits) -> Void) -> XMLLimits {
        var limits = XMLLimits.default
        change(&limits)
        return limits
    }

    @Test func stanzaBytes() {
        let small = limits { $0.stanzaBytes = 100 }
        func text(_ count: Int) -> String { "<a>" + String(repeating: "x", count: count - 7) + "</a>" }
        #expect(fault(text(100), small) == nil)
        #expect(fault(text(101), small) == .tooLarge(.stanzaBytes))
        #expect(fault(text(100) + " " + text(100), small) == nil)
        func tag(_ count: Int) -> String { "<a b='" + String(repeating: "x", count: count - 9) + "'/>" }
        #expect(fault(tag(100), small) == nil)
        #expect(fault(tag(101), small) == .tooLarge(.stanzaBytes))
        let elements = String(repeating: "<b/>", count: 23)
        #expect(fault("<a>\(elements) </a>", small) == nil)
        #expect(fault("<a>\(elements)  </a>", small) == .tooLarge(.stanzaBytes))
    }

    @Test func stanzaBytesOfWhatNeverEnds() {
        let small = limits { $0.stanzaBytes = 100 }
        for start in ["<a>", "<a b='", "<a", "</a", "<a>&x", "<a><![CDATA["] {
            let text = start + String(repeating: "x", count: 200)
            #expect(fault(text, small) != nil, "\(start)")
        }
        #expect(fault("<a b='" + String(repeating: ">", count: 200), small) == .tooLarge(.stanzaBytes))
    }

    @Test func headerBytes() {
        func header(_ count: Int) -> String { "<s a='" + String(repeating: "x", count: count - 8) + "'>" }
        let small = limits { $0.headerBytes = 50 }
        #expect(fault("", small, header: header(50)) == nil)
        #expect(fault("", small, header: header(51)) == .tooLarge(.headerBytes))
        #expect(fault("", small, header: "<s" + String(repeating: " ", count: 60)) == .tooLarge(.headerBytes))
        #expect(fault("", small, header: "<?xml version='1.0'?>" + header(30)) == .tooLarge(.headerBytes))
    }

    @Test func depth() {
        func nested(_ depth: Int) -> String {
            String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        }
        #expect(fault(nested(64), .default) == nil)
        #expect(fault(nested(65), .default) == .tooLarge(.depth))
        #expect(fault("<a/>", limits { $0.depth = 1 }) == nil)
        #expect(fault("<a><b/></a>", limits { $0.depth = 1 }) == .tooLarge(.depth))
    }

    @Test func attributesPerElement() {
        func attributes(_ count: Int) -> String { (0..<count).map { " a\($0)=''" }.joined() }
        let three = limits { $0.attributesPerElement = 3 }
        #expect(fault("<a\(attributes(3))/>", three) == nil)
        #expect(fault("<a\(attributes(4))/>", three) == .tooLarge(.attributesPerElement))
        #expect(fault("<a xmlns='urn:1' xmlns:p='urn:2' a=''><b a='' b='' c=''/></a>", three) == nil)
        #expect(fault("<a xmlns='urn:1' xmlns:p='urn:2'\(attributes(2))/>", three) == .tooLarge(.attributesPerElement))
        #expect(fault("<a/>", three, header: "<s xmlns='urn:1' xmlns:p='urn:2' a=''>") == nil)
        let header = "<s xmlns='urn:1'\(attributes(3))>"
        #expect(fault("", three, header: header) == .tooLarge(.attributesPerElement))
    }

    @Test func attributeBytes() {
        let four = limits { $0.attributeBytes = 4 }
        #expect(fault("<a b='1234'/>", four, header: "<s>") == nil)
        #expect(fault("<a b='&amp;&amp;&amp;&amp;'/>", four, header: "<s>") == nil)
        #expect(fault("<a b='12345'/>", four, header: "<s>") == .tooLarge(.attributeBytes))
        #expect(fault("<a xmlns='u:12'/>", four, header: "<s>") == nil)
        #expect(fault("<a xmlns='u:123'/>", four, header: "<s>") == .tooLarge(.attributeBytes))
        #expect(fault("", four, header: "<s a='12345'>") == .tooLarge(.attributeBytes))
        #expect(fault("", four, header: "<s xmlns='12345'>") == .tooLarge(.attributeBytes))
    }

    @Test func childrenPerElement() {
        let three = limits { $0.childrenPerElement = 3 }
        #expect(fault("<a><b/>x<b/>y<b/>z</a>", three) == nil)
        #expect(fault("<a><b/><b/><b/><b/></a>", three) == .tooLarge(.childrenPerElement))
        #expect(fault("<a><b><b/><b/><b/></b><b/><b/></a>", three) == nil)
    }

    @Test func aNamespaceOftenRepeatedIsCounted() {
        let small = limits { $0.stanzaBytes = 1_000 }
        let long = String(repeating: "n", count: 200)
        func stanza(_ count: Int) -> String {
            "<a xmlns:p='\(long)'>" + String(repeating: "<p:b/>", count: count) + "</a>"
        }
        // Each of the children makes a writer repeat 200 bytes; the 13 of jabber:client are written once.
        #expect(fault(stanza(4), small) == nil)
        #expect(fault(stanza(5), small) == .tooLarge(.stanzaBytes))
        let attributes = "<a xmlns:p='\(long)'>" + String(repeating: "<b p:c=''/>", count: 5) + "</a>"
        #expect(fault(attributes, small) == .tooLarge(.stanzaBytes))
    }

    @Test func limitsAreOfTheStreamNotOfThePooledParser() {
        let pool = ParserPool()
        let header = "<s xmlns='jabber:client'>"
        let deep = header + "<a><b/></a>"
        #expect(Reading(deep, limits: limits { $0.depth = 1 }, pool: pool).fault == .tooLarge(.depth))
        #expect(Reading(deep, limits: limits { $0.attributeBytes = 20 }, pool: pool).fault == nil)
        #expect(Reading(header, limits: limits { $0.attributeBytes = 1 }, pool: pool).fault != nil)
        #expect(Reading(deep, pool: pool).fault == nil)
    }
}
