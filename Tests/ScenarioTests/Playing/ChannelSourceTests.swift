// Shows how the addresses of channels and of their participants are taken apart.

import Testing
import XML

@testable import ScenarioKit

@Suite struct ChannelSourceTests {
    private static let id = "p7k2m5x4c3d6q3z5"

    private func read(_ address: String) -> ChannelSource? { ChannelSource(address: address, of: "mix.example") }

    @Test(arguments: [
        ("coven@mix.example", "coven", nil, false),
        ("coven@mix.example/\(id)", "coven", id, false),
        ("\(id)#coven@mix.example", "coven", id, true),
        ("\(id)#coven@mix.example/r1r2r3r4", "coven", id, true),
        ("coven+\(id)@mix.example/r1r2r3r4", "coven", id, true),
        ("c+\(id)+\(id)@mix.example", "c+\(id)", id, true),
        ("\(id)#c+\(id)@mix.example", "c+\(id)", id, true),
        ("c++@mix.example", "c++", nil, false),
        ("coven+p7k2m5x4c3d6q3z1@mix.example", "coven+p7k2m5x4c3d6q3z1", nil, false),
    ])
    func addresses(address: String, channel: String, participant: String?, isProxy: Bool) throws {
        let source = try #require(read(address))
        #expect(source.channel == channel)
        #expect(source.participant == participant)
        #expect(source.isProxy == isProxy)
    }

    @Test(arguments: ["mix.example", "coven@chat.example", "coven@a.mix.example.org", "coven@evilmix.example", ""])
    func others(address: String) { #expect(read(address) == nil) }
}
