// What requests change in the nodes of an account.

import Storage
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct PEPNodesTests {
    private let limits: PEPNodes.Limits = {
        var limits = StorageLimits()
        (limits.nodes, limits.itemBytes) = (2, 100)
        return PEPNodes.Limits(limits)
    }()
    private let owner = TestServer.address("ann@x/phone")
    private let tune = Element("tune", "urn:t")

    /// What XEP-0402 §3.3 tells clients to demand.
    private let bookmarkOptions = DataForm(
        .submit, formType: NS.pubsubPublishOptions,
        fields: [
            .init("pubsub#persist_items", value: "true"), .init("pubsub#max_items", value: "max"),
            .init("pubsub#send_last_published_item", value: "never"), .init("pubsub#access_model", value: "whitelist"),
        ])

    private func publish(
        _ id: String, to node: String = "n", options: DataForm? = nil, _ nodes: inout PEPNodes, payload: Element? = nil
    ) throws(StanzaError) -> PEPNodes.Outcome {
        try nodes.publish(
            PubSubItem(id: id, payload: payload ?? tune), id: id, to: node, options: options, by: owner, at: 5, limits)
    }

    // IM-196, IM-199
    @Test func publishingMakesTheNodeAndIsTold() throws {
        var nodes = PEPNodes()
        let first = try publish("1", &nodes)
        let record = ItemRecord(node: "n", id: "1", publisher: "ann@x", time: 5, payload: tune.bytes(in: ""))
        let node = NodeRecord(name: "n", configuration: NodeConfiguration().stored)
        #expect(first.writes == [.node(node), .item(record, keep: 1)])
        let event = PubSubEvent.published(PubSubItem(id: "1", payload: tune))
        #expect(first.news == [PEPNodes.News(node: "n", event: event, configuration: NodeConfiguration())])
        #expect(try publish("1", &nodes).writes == [.item(record, keep: 1)])
        #expect(PEPNodes([node]) == nodes)
    }

    // MUCX-089, IM-197
    @Test func optionsConfigureANewNodeAndBindAnOldOne() throws {
        var nodes = PEPNodes()
        let outcome = try publish("room@muc", to: NS.bookmarks, options: bookmarkOptions, &nodes)
        #expect(nodes[NS.bookmarks] == .ofPrivateStorage)
        #expect(outcome.writes.count == 2)
        _ = try publish("other@muc", to: NS.bookmarks, options: bookmarkOptions, &nodes)
        var open = bookmarkOptions
        open.fields[4].values = ["open"]
        #expect(throws: StanzaError(.preconditionNotMet)) {
            try publish("third@muc", to: NS.bookmarks, options: open, &nodes)
        }
        _ = try publish("1", &nodes)
        #expect(throws: StanzaError(.preconditionNotMet)) { try publish("2", options: bookmarkOptions, &nodes) }
    }

    // IM-197
    @Test func anUnknownOptionIsAPreconditionNobodyMeets() throws {
        var nodes = PEPNodes()
        let odd = DataForm(.submit, fields: [.init("pubsub#colour", value: "red")])
        #expect(throws: StanzaError(.preconditionNotMet)) { try publish("1", options: odd, &nodes) }
        #expect(nodes.names.isEmpty)
        _ = try publish("1", &nodes)
        #expect(throws: StanzaError(.preconditionNotMet)) { try publish("1", options: odd, &nodes) }
    }

    // IM-208
    @Test func limitsAreNamedByTheirErrors() throws {
        var nodes = PEPNodes()
        let large = Element("t", "urn:t") { String(repeating: "x", count: 200) }
        #expect(throws: StanzaError(.payloadTooBig)) { try publish("1", &nodes, payload: large) }
        _ = try publish("1", to: "a", &nodes)
        _ = try publish("1", to: "b", &nodes)
        #expect(throws: StanzaError(.resourceConstraint, type: .wait)) { try publish("1", to: "c", &nodes) }
        #expect(throws: StanzaError(.notAcceptable)) {
            try publish(String(repeating: "i", count: 1_024), to: "a", &nodes)
        }
        #expect(nodes.names == ["a", "b"])
    }

    @Test func anItemNeedsAPayload() {
        var nodes = PEPNodes()
        #expect(throws: StanzaError(.payloadRequired)) {
            try nodes.publish(
                PubSubItem(id: "1", payload: nil), id: "1", to: "n", options: nil, by: owner, at: 5, limits)
        }
    }

    // MUCX-089, IM-204
    @Test func retractingIsToldIfAskedForOrConfigured() throws {
        var nodes = PEPNodes()
        _ = try publish("1", &nodes)
        let quiet = try nodes.retract(["1"], of: "n", notifies: false)
        #expect(quiet == PEPNodes.Outcome(writes: [.itemRemoval(node: "n", id: "1")]))
        #expect(try nodes.retract(["1"], of: "n", notifies: true).news.map(\.event) == [.retracted(["1"])])
        #expect(try nodes.retract(["1"], of: "n", notifies: nil).news.count == 1)
        let silent = DataForm(.submit, fields: [.init("pubsub#notify_retract", value: "0")])
        _ = try nodes.configure("n", silent, limits)
        #expect(try nodes.retract(["1"], of: "n", notifies: nil).news.isEmpty)
        #expect(try nodes.retract(["1"], of: "n", notifies: true).news.count == 1)
        #expect(throws: StanzaError(.itemNotFound)) { try nodes.retract(["1"], of: "other", notifies: true) }
    }

    // IM-198, IM-204
    @Test func nodesAreMadeConfiguredPurgedAndDeleted() throws {
        var nodes = PEPNodes()
        let open = DataForm(.submit, fields: [.init("pubsub#access_model", value: "open"), .init("other", value: "1")])
        _ = try nodes.create("n", configuration: open, limits)
        #expect(nodes["n"]?.access == .open)
        #expect(throws: StanzaError(.conflict)) { try nodes.create("n", configuration: nil, limits) }
        let told = DataForm(.submit, fields: [.init("pubsub#notify_config", value: "1")])
        let change = try nodes.configure("n", told, limits)
        #expect(change.writes.count == 1 && change.news.count == 1)
        #expect(try nodes.configure("n", told, limits) == PEPNodes.Outcome())
        let bad = DataForm(.submit, fields: [.init("pubsub#access_model", value: "moon")])
        let fault = #expect(throws: StanzaError.self) { try nodes.configure("n", bad, limits) }
        #expect(fault?.condition == .notAcceptable)
        #expect(try nodes.purge("n").news.map(\.event) == [.purged])
        let deletion = try nodes.delete("n")
        #expect(deletion.writes == [.nodeRemoval("n")] && deletion.news.map(\.event) == [.deleted])
        #expect(nodes.names.isEmpty)
        #expect(throws: StanzaError(.itemNotFound)) { try nodes.delete("n") }
        #expect(throws: StanzaError(.itemNotFound)) { try nodes.purge("n") }
        #expect(throws: StanzaError(.itemNotFound)) { try nodes.configure("n", told, limits) }
    }
}
