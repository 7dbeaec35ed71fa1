// Nodes of a room's own and avatars: who makes them, who publishes, and what is kept.

import Testing
import XML
import XMPP

@testable import Rooms

@Suite("Node library")
struct NodeLibraryTests {
    private let news = "urn:x:news"
    private func item(_ text: String) -> Element { Element("entry", "urn:x:own") { text } }

    private func publishing(
        _ id: String?, _ text: String = "hello", in node: String = "urn:x:news", by address: JID = ada
    ) -> Command {
        .library(.publish(id: id, payload: item(text), node: node, by: Requester(jid: address)))
    }

    private func channel(limits: RoomLimits = RoomLimits()) throws -> RoomScript {
        var script = try RoomScript.channel(limits: limits)
        try script.run(.library(.make(node: news, by: Requester(jid: ada))))
        return script
    }

    @Test("Owners and admins make nodes and drop them; nobody else (XEP-0407 §2)")
    func making() throws {
        var script = try channel()
        try script.give(.admin, to: cy)
        try script.give(.member, to: bo)
        func make(_ name: String, _ address: JID = cy) -> Command {
            .library(.make(node: name, by: Requester(jid: address)))
        }
        func drop(_ name: String, _ address: JID = cy) -> Command {
            .library(.drop(node: name, by: Requester(jid: address)))
        }
        #expect(script.refusal(of: make("urn:x:more", bo)) == .forbidden)
        #expect(script.refusal(of: make(news)) == .nodeExists)
        #expect(script.refusal(of: make(NodeLibrary.avatarData)) == .nodeExists)
        try script.run(make("urn:x:more"))
        #expect(script.room.library.ownNames == ["urn:x:more", news])
        #expect(script.room.library.topic(of: news) == .own(0) && script.room.library["urn:x:more"]?.topic == .own(1))
        #expect(script.refusal(of: drop("urn:x:none")) == .nodeMissing)
        #expect(script.refusal(of: drop(NodeLibrary.avatarData)) == .nodeMissing)
        #expect(script.refusal(of: drop(news, bo)) == .forbidden)
        try script.run(drop(news))
        #expect(script.room.library[news] == nil && !script.room.hasNode(.own(0)) && script.room.hasNode(.own(1)))
        try script.expectKept()
    }

    @Test("There is room for so many nodes with names of so many bytes")
    func limits() throws {
        var limits = RoomLimits()
        limits.ownNodes = 2
        limits.nodeNameBytes = 20
        var script = try channel(limits: limits)
        func make(_ name: String) -> Command { .library(.make(node: name, by: Requester(jid: ada))) }
        #expect(script.refusal(of: make("")) == .badRequest("no name"))
        #expect(script.refusal(of: make(String(repeating: "x", count: 21))) == .tooLarge(limit: "nodeNameBytes"))
        try script.run(make("urn:x:more"))
        #expect(script.refusal(of: make("urn:x:third")) == .tooMany(limit: "ownNodes"))
        try script.run(.library(.drop(node: news, by: Requester(jid: ada))))
        try script.run(make("urn:x:third"))
        #expect(script.room.library.topic(of: "urn:x:third") == .own(0), "its place is free again")
    }

    @Test("Who heard of a node that is gone does not hear of the next one in its place")
    func dropped() throws {
        var script = try channel()
        try script.join(bo, as: "bo", to: [.messages, .own(0)])
        #expect(script.enrolment(bo)?.topics == [.messages, .own(0)])
        try script.give(.admin, to: cy)
        try script.run(RoomScript.subscribing(cy, .own(0)))
        #expect(script.enrolment(cy)?.isParticipant == false)
        try script.run(RoomScript.listening(cy))
        let events = try script.run(.library(.drop(node: news, by: Requester(jid: ada))))
        #expect(script.enrolment(bo)?.topics == .messages)
        #expect(script.enrolment(cy) == nil && script.room.seating[address: cy] == nil, "it heard of nothing else")
        guard case .library(.dropped)? = events.first else { throw Unexpected(what: "\(events)") }
        try script.run(.library(.make(node: "urn:x:secrets", by: Requester(jid: ada))))
        #expect(script.room.library.topic(of: "urn:x:secrets") == .own(0))
        #expect(script.enrolment(bo)?.topics == .messages)
        try script.expectKept()
    }

    @Test("Items: by those who rule the room, newest last, one an id, so many")
    func items() throws {
        var limits = RoomLimits()
        limits.nodeItems = 3
        var script = try channel(limits: limits)
        try script.join(bo, as: "bo")
        #expect(script.refusal(of: publishing("1", by: bo)) == .forbidden)
        #expect(script.refusal(of: publishing("1", in: "urn:x:none")) == .nodeMissing)
        for id in ["1", "2", "1", "3"] { try script.run(publishing(id, "of \(id)")) }
        #expect(script.room.library[news]?.items.map(\.id) == ["2", "1", "3"])
        #expect(script.room.library[news]?.items.first?.publisher == nil, "Ada takes no part")
        try script.run(publishing("4"))
        #expect(script.room.library[news]?.items.map(\.id) == ["1", "3", "4"])
        try script.join(ada, as: "ada")
        try script.run(publishing(nil))
        let last = try #require(script.room.library[news]?.items.last)
        #expect(script.room.secret.seq(of: last.id) == script.room.head, "an id of the room's own")
        #expect(last.publisher == script.room.participantID(of: ada))
        try script.expectKept()
    }

    @Test("Items are removed by id, all at once, and not where there are none of that id")
    func removing() throws {
        var script = try channel()
        for id in ["1", "2", "3"] { try script.run(publishing(id)) }
        func remove(_ ids: [String]?, _ address: JID = ada) -> Command {
            .library(.remove(ids, node: news, by: Requester(jid: address)))
        }
        #expect(script.refusal(of: remove(["1"], bo)) == .forbidden)
        #expect(script.refusal(of: remove(["1", "7"])) == .messageMissing)
        try script.run(remove(["1"]))
        #expect(script.room.library[news]?.items.map(\.id) == ["2", "3"])
        let purge = try script.run(remove(nil))
        guard case .library(.removed(let removal))? = purge.first else { throw Unexpected(what: "\(purge)") }
        #expect(removal.isPurge && removal.ids == ["2", "3"] && script.room.library[news]?.items == [])
        try script.expectKept()
    }

    @Test("Avatars are published by whom the channel lets; there is one")
    func avatars() throws {
        var script = try RoomScript.channel()
        try script.join(bo, as: "bo")
        let avatar = publishing("a", in: NodeLibrary.avatarMetadata, by: bo)
        #expect(script.refusal(of: avatar) == .forbidden)
        _ = try script.configure([.avatarWriters: .choice("participants")])
        try script.run(avatar)
        try script.run(publishing("b", in: NodeLibrary.avatarMetadata, by: bo))
        #expect(script.room.library[NodeLibrary.avatarMetadata]?.items.map(\.id) == ["b"])
        #expect(script.refusal(of: publishing("a", in: NodeLibrary.avatarData, by: cy)) == .forbidden)
        _ = try script.configure([.missingNodes: .lines(["avatar"])])
        #expect(script.refusal(of: avatar) == .nodeMissing)
        try script.expectKept()
    }

    @Test("Items have a size")
    func size() throws {
        var limits = RoomLimits()
        limits.nodeItemBytes = 100
        let script = try channel(limits: limits)
        #expect(
            script.refusal(of: publishing("1", String(repeating: "x", count: 101))) == .tooLarge(limit: "nodeItemBytes")
        )
        let id = String(repeating: "i", count: 1_024)
        #expect(script.refusal(of: publishing(id)) == .tooLarge(limit: "nodeItemBytes"))
    }
}
