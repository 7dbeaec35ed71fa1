// Shows that people at another server hear what is sent to them, and are heard.

import ScenarioKit
import Testing

@Suite struct OtherServerTests {
    /// What is wrong with a play; nil: nothing.
    private func fault(_ text: String) async throws -> String? {
        let scenario = try ScenarioParser.read("# RFC 6120 §10.4\n" + text, path: "t")
        do {
            try await Play(scenario, on: InProcessStage(scenario.options, seed: 1)).perform()
            return nil
        } catch let fault as PlayFault {
            return fault.what
        }
    }

    @Test func wordsBothWays() async throws {
        let fault = try await fault(
            """
            Romeo speaks im; Juliet speaks im from afar; Juliet/balcony speaks im from afar
            setup available Romeo
            Romeo sends <message type='chat' id='1' to='{Juliet.bare}'><body>O</body></message>
            Juliet receives <message type='chat' id='1' from='{Romeo}' to='{Juliet.bare}'><body>O</body></message>
            Romeo sends <message type='chat' id='2' to='{Juliet/balcony}'><body>O</body></message>
            Juliet/balcony receives <message type='chat' id='2' from='{Romeo}'><body>O</body></message>
            Romeo sends <message type='chat' id='3' to='{Juliet.bare}/tomb'><body>O</body></message>
            Juliet receives <message type='chat' id='3' to='{Juliet.bare}/tomb'><body>O</body></message>
            Juliet sends <message type='chat' id='4' from='{Juliet}' to='{Romeo}'><body>Ay me</body></message>
            Romeo receives <message type='chat' id='4' from='{Juliet}'>…<body>Ay me</body></message>
            restart
            Romeo connects
            Juliet sends <iq type='get' id='5' from='{Juliet.bare}' to='{domain}'><ping xmlns='urn:xmpp:ping'/></iq>
            Juliet receives <iq type='result' id='5' from='{domain}' to='{Juliet.bare}'/>
            nobody receives anything more
            """)
        #expect(fault == nil, "\(fault ?? "")")
    }

    @Test func whoIsNotThere() async throws {
        let fault = try await fault(
            """
            Romeo speaks im; Juliet speaks im from afar
            setup available Romeo
            Romeo sends <message type='chat' id='1' to='nurse@{afar}'><body>O</body></message>
            Romeo receives <message type='error' id='1' from='nurse@{afar}'>\
            …<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>
            Romeo sends <message type='chat' id='2' to='nurse@elsewhere.example'><body>O</body></message>
            Romeo receives <message type='error' id='2' from='nurse@elsewhere.example'>\
            …<error type='cancel'><remote-server-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>\
            </message>
            nobody receives anything more
            """)
        #expect(fault == nil, "\(fault ?? "")")
    }

    @Test(arguments: ["", "from='{Juliet}'", "to='{Romeo}'", "from='{Romeo}' to='{Romeo}'"])
    func whatNoServerSends(_ addresses: String) async throws {
        let fault = try await fault(
            """
            Romeo speaks im; Juliet speaks im from afar
            Juliet sends <message \(addresses)/>
            """)
        #expect(fault?.contains("says from whom and to whom") == true, "\(fault ?? "")")
    }
}
