// Shows which texts are an address and port.

import Testing

@testable import Server

@Suite struct SocketPlaceTests {
    @Test(arguments: [
        ("127.0.0.1:5222", "127.0.0.1", 5_222), ("[::1]:0", "::1", 0),
        ("xmpp.example.org:65535", "xmpp.example.org", 65_535),
    ])
    func good(text: String, host: String, port: Int) {
        let place = SocketPlace(text)
        #expect(place == SocketPlace(host: host, port: port))
        #expect(place?.description == text)
    }

    @Test(arguments: ["5222", ":5222", "a:", "a:65536", "a:-1", "::1:5222", "[::1]", "[a]:1", "a b:1", "a:1x", ""])
    func bad(text: String) { #expect(SocketPlace(text) == nil) }
}
