// The nodes of a channel by name in each grammar, and to whom they are open.

import Rooms
import Testing
import XMPP

@testable import MIX

@Suite struct NodesTests {
    private let current = Nodes(grammar: .current)
    private let draft = Nodes(grammar: .v021)

    @Test("Every standard node comes back by its name; no name and no topic stands twice in one grammar")
    func names() throws {
        let room = try Chamber().room
        for grammar in Grammar.allCases {
            let nodes = Nodes(grammar: grammar)
            #expect(Set(nodes.all.map(\.name)).count == nodes.all.count)
            for node in nodes.all {
                #expect(nodes.topic(of: node.name, in: room) == node.topic, "\(node.name) \(grammar)")
                #expect(nodes.name(of: node.topic, in: room) == node.name, "\(node.name) \(grammar)")
                #expect(node.topic.each.count == 1)
            }
        }
    }

    @Test("One name means another node in another generation; names of the other one are understood")
    func generations() throws {
        let room = try Chamber().room
        #expect(current.topic(of: NS.mixNodeConfig, in: room) == .configuration)
        #expect(draft.topic(of: NS.mixNodeConfig, in: room) == .lists)
        #expect(draft.topic(of: NS.mixNodeACL, in: room) == .access)
        #expect(current.topic(of: Nodes.subject, in: room) == .subject, "asked for by its name")
        #expect(current.name(of: .subject, in: room) == nil && draft.name(of: .information, in: room) == nil)
        #expect(draft.topic(of: NS.mixNodeInfo, in: room) == .information)
        #expect(current.topic(of: "urn:xmpp:mix:nodes:nothing", in: room) == [])
    }

    @Test("A room's own nodes have their names in every generation")
    func own() throws {
        var chamber = try Chamber()
        let hag = try Chamber.requester(Chamber.hag)
        try chamber.run(.library(.make(node: "urn:x:news", by: hag)))
        for nodes in [current, draft] {
            #expect(nodes.topic(of: "urn:x:news", in: chamber.room) == .own(0))
            #expect(nodes.name(of: .own(0), in: chamber.room) == "urn:x:news")
            #expect(nodes.name(of: .own(1), in: chamber.room) == nil)
        }
    }

    @Test("Nodes are named to those who may subscribe, or might once they joined (XEP-0369 §6.4, MIX2-113)")
    func openNodes() throws {
        var chamber = try Chamber()
        try chamber.run(
            .library(.make(node: "urn:x:news", by: try Chamber.requester(Chamber.hag))))
        let crone = try Chamber.requester(Chamber.crone)
        #expect(
            current.open(to: crone, in: chamber.room) == [
                NS.mixNodeMessages, NS.mixNodeParticipants, NS.mixNodePresence, NS.mixNodeInfo, NS.avatarData,
                NS.avatarMetadata, "urn:x:news",
            ])
        let owner = current.open(to: try Chamber.requester(Chamber.hag), in: chamber.room)
        for node in [NS.mixNodeConfig, NS.mixNodeBanned, NS.mixNodeJIDMap] { #expect(owner.contains(node)) }
        #expect(!owner.contains(NS.mixNodeAllowed), "an open channel has none")
        let closed = try Chamber([.isMembersOnly: .flag(true), .informationReaders: .choice("anyone")])
        #expect(current.open(to: crone, in: closed.room) == [NS.mixNodeInfo, NS.avatarData, NS.avatarMetadata])
    }
}
