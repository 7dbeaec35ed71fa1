// Shows that a client says what it can, to its own server and of its own accord.

import Testing
import XML
import XMPP

@testable import ScenarioKit

@Suite struct ClientFeaturesTests {
    private let features = ClientFeatures(["b", "a"])
    private let login = Login(local: "hag", domain: "witches.example", resource: "broom", password: "p", nonce: "n")
    /// Of `client/pc//Broom<a<b<`.
    private static let ver = "keUMb5ZMvooUiekR0wiqpnASjIo="

    private func answer(_ attributes: String, node: String = "urn:example:client#\(ver)") throws -> Stanza? {
        let query = "<query xmlns='\(NS.discoInfo)' node='\(node)'/>"
        return features.answer(to: try Element(parsing: "<iq id='1' \(attributes)>\(query)</iq>"), of: login)
    }

    @Test func itsPresence() {
        #expect(features.ver == Self.ver)
        let capabilities = Capabilities(of: features.presence)
        #expect(capabilities == Capabilities(hash: "sha-1", node: "urn:example:client", ver: Self.ver))
    }

    @Test(arguments: ["from='hag@witches.example'", "from='witches.example'", ""])
    func itsServerAsks(_ from: String) throws {
        let answer = try #require(try answer("type='get' \(from)"))
        #expect(answer.type == .result && answer.id == "1" && answer.from == nil)
        let info = try #require(answer.payload.first.flatMap { DiscoInfo(reading: $0) })
        #expect(info.features == ["b", "a"])
        #expect(info.verificationString == "client/pc//Broom<a<b<")
    }

    @Test func whatItLeavesToTheScenario() throws {
        #expect(try answer("type='get' from='crone@witches.example'") == nil)
        #expect(try answer("type='result'") == nil)
        #expect(try answer("type='get'", node: "urn:example:client") == nil)
    }

    /// Nothing of it is shown.
    @Test func onAStage() async throws {
        let text = """
            # XEP-0115 §6.2
            Hag66 speaks mix; Crone speaks muc with caps; Wicca speaks mix-0.2.1
            nobody receives anything more
            setup available Hag66 Crone
            nobody receives anything more
            """
        let scenario = try ScenarioParser.read(text, path: "t")
        try await Play(scenario, on: InProcessStage(scenario.options, seed: 1)).perform()
    }
}
