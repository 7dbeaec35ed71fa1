// Shows which known name a mistyped one is taken for.

import Testing

@testable import Server

@Suite struct NearestNameTests {
    @Test(arguments: [
        ("domian", "domain"), ("storge", "storage"), ("DATA", "data"), ("listens", "listen"), ("tsl", "tls"),
    ])
    func near(wrong: String, right: String) {
        #expect(NearestName.of(wrong, among: ["domain", "data", "storage", "listen", "tls"]) == right)
    }

    @Test(arguments: ["something", "x", "port"])
    func far(wrong: String) { #expect(NearestName.of(wrong, among: ["domain", "data", "storage", "listen"]) == nil) }

    @Test func distances() {
        #expect(NearestName.distance(Array("kitten"), Array("sitting")) == 3)
        #expect(NearestName.distance(Array("ab"), Array("ba")) == 1)
        #expect(NearestName.distance([], Array("abc")) == 3)
    }
}
