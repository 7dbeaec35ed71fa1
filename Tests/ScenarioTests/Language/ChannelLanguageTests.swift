// Shows what the language of scenarios understands about channels of MIX and people at other servers.

import Testing

@testable import ScenarioKit

@Suite struct ChannelLanguageTests {
    private let head = "# XEP-0369 §7.1.2\nHag66 speaks mix; Crone speaks muc\n"

    private func read(_ text: String) throws -> Scenario { try ScenarioParser.read(text, path: "t") }

    @Test func cast() throws {
        let names = [
            "mix", "mix-core-0", "mix-0.2.1", "mix-0.0.1", "mix-0", "muc with caps", "mix from afar", "im from afar",
        ]
        let lines = names.enumerated().map { "W\($0.offset) speaks \($0.element)" }
        let cast = try read("# XEP-0369\n\(lines.joined(separator: "; "))\nrestart").cast
        #expect(cast.map(\.dialect) == [.mix, .mixCore0, .mix021, .mix001, .mix0, .muc, .mix, .muc])
        #expect(cast.map(\.start) == Array(repeating: .available, count: 6) + [.afar, .afar])
        let core = "urn:xmpp:mix:core"
        #expect(
            cast.map { $0.features?.last } == [
                "\(core):1", "\(core):0", "urn:xmpp:mix:0", "urn:xmpp:mix:0", "urn:xmpp:mix:0",
                "http://jabber.org/protocol/muc", nil, nil,
            ])
        #expect(try read(head + "restart").cast[1].features == nil, "who speaks muc says nothing of what it can")
    }

    @Test func options() throws {
        let plain = try read(head + "restart").options
        #expect(plain.mixDialects == [.mix, .mix021, .mix001])
        #expect(plain.undetermined == .dual)
        #expect(!plain.isOneDomain)
        let line = "service mix_dialects=mix,mix-0.2.1 mix_undetermined=v2 domains=one\nrestart"
        let changed = try read(head + line).options
        #expect(changed.mixDialects == [.mix, .mix021])
        #expect(changed.undetermined == .v2)
        #expect(changed.isOneDomain)
        #expect(!changed.changesLimits)
        #expect(try read(head + "service mix_dialects=none\nrestart").options.mixDialects.isEmpty)
    }

    @Test func setups() throws {
        let scenario = try read(
            head + """
                setup channel coven by Hag66 with jids=visible Private_Messages=false Owner={Hag66.bare},{Crone.bare}
                setup join Hag66 as firstwitch
                setup join Hag66 in heath as firstwitch to messages,urn:xmpp:avatar:data
                setup join Hag66 as firstwitch to nothing
                setup channel cave by Hag66
                setup enter Crone as thirdwitch
                """)
        guard case .setupChannel(let coven) = scenario.steps[0].action,
            case .join(let usual) = scenario.steps[1].action, case .join(let heath) = scenario.steps[2].action,
            case .join(let silent) = scenario.steps[3].action, case .setupChannel(let cave) = scenario.steps[4].action,
            case .enter("Crone", "cave", "thirdwitch", nil) = scenario.steps[5].action
        else {
            Issue.record("\(scenario.steps)")
            return
        }
        #expect(coven.channel == "coven" && coven.owner == "Hag66")
        #expect(coven.fields.map(\.name) == ["jids", "Private_Messages", "Owner"])
        #expect(coven.fields.map(\.values) == [["visible"], ["false"], ["{Hag66.bare}", "{Crone.bare}"]])
        #expect(cave.fields.isEmpty)
        let nodes = "urn:xmpp:mix:nodes"
        #expect(usual.nodes == ["\(nodes):messages", "\(nodes):participants", "\(nodes):presence"])
        #expect(usual.who == "Hag66" && usual.channel == "coven" && usual.nick == "firstwitch")
        #expect(heath.channel == "heath" && heath.nodes == ["\(nodes):messages", "urn:xmpp:avatar:data"])
        #expect(silent.nodes.isEmpty)
    }

    @Test(arguments: [
        ("Hag66 speaks mix-9", "t:2: NAME speaks muc, groupchat, mix, mix-core-0, mix-0.2.1, mix-0.0.1, mix-0, im"),
        ("Hag66 speaks mix with caps", "t:2: NAME speaks"),
        ("Hag66 speaks mix from near", "t:2: NAME speaks"),
        ("Hag66 speaks mix; Hag66/phone speaks mix from afar", "t:2: Hag66 has one account, here or afar"),
        ("Hag66 speaks mix from afar\nHag66 disconnects", "t:3: Hag66 is at another server"),
        ("Hag66 speaks mix from afar\nsetup available Hag66", "t:3: Hag66 is at another server"),
        ("Hag66 speaks mix\nsetup channel coven", "t:3: setup room"),
        ("Hag66 speaks mix\nsetup channel coven by Crone", "t:3: who is Crone?"),
        ("Hag66 speaks mix\nsetup channel coven by Hag66 with open", "t:3: with field=value"),
        ("Hag66 speaks mix\nsetup join Hag66 as x", "t:3: setup room"),
        ("Hag66 speaks mix\nsetup join Hag66 in coven", "t:3: setup room"),
        ("Hag66 speaks mix\nsetup join Hag66 in coven as x to", "t:3: setup room"),
        ("Hag66 speaks mix\nservice mix_dialects=muc", "t:3: service mix_dialects=muc"),
        ("Hag66 speaks mix\nservice dialects=mix", "t:3: service dialects=mix"),
        ("Hag66 speaks mix\nservice mix_undetermined=v3", "t:3: service mix_undetermined=v3"),
        ("Hag66 speaks mix\nservice domains=three", "t:3: service domains=three"),
    ])
    func faults(text: String, begins: String) throws {
        let fault = #expect(throws: ScenarioFault.self) { try read("# XEP-0369\n\(text)") }
        #expect(fault?.description.hasPrefix(begins) == true, "\(String(describing: fault))")
    }
}
