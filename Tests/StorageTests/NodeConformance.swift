// What every store does with PEP nodes and their items.

import Storage
import Testing

/// The suite a new implementation has to pass.
@Suite struct NodeConformance {
    private static let every = Implementation.allCases

    private func item(_ id: String, node: String = "n", payload: [UInt8] = [1]) -> ItemRecord {
        ItemRecord(node: node, id: id, publisher: id == "1" ? "ann@x" : nil, time: 7, payload: payload)
    }

    private func fixture(_ kind: Implementation, limits: StorageLimits = .default) async throws -> StoreFixture {
        let fixture = try await StoreFixture.withAnn(kind, limits: limits)
        let nodes = ["n", "m"].map { AccountWrite.node(NodeRecord(name: $0, configuration: [3])) }
        try await answer { fixture.store.write(nodes, of: "ann", $0) }
        return fixture
    }

    private func ids(_ store: any Store, _ node: String = "n") async throws -> [String] {
        try await answer { store.items(.newest(99), node: node, of: "ann", $0) }.map(\.id)
    }

    @Test(arguments: every) func republishedIsNewestAndTheOldestGo(_ kind: Implementation) async throws {
        let fixture = try await fixture(kind)
        let changed = item("1", payload: [9])
        try await answer {
            fixture.store.write(
                [
                    .item(item("1"), keep: 9), .item(item("2"), keep: 9), .item(item("1", node: "m"), keep: 9),
                    .item(item("3"), keep: 9), .item(changed, keep: 9),
                ], of: "ann", $0)
        }
        try await fixture.restart()
        let store = fixture.store
        #expect(try await ids(store) == ["1", "3", "2"])
        #expect(try await answer { store.items(.newest(1), node: "n", of: "ann", $0) } == [changed])
        let picked = try await answer { store.items(.ids(["2", "none", "1"]), node: "n", of: "ann", $0) }
        #expect(picked == [item("2"), changed])
        try await answer { store.write([.item(item("4"), keep: 2)], of: "ann", $0) }
        #expect(try await ids(store) == ["4", "1"])
        #expect(try await ids(store, "m") == ["1"])
    }

    @Test(arguments: every) func olderItemsAndTheLastOfEachNode(_ kind: Implementation) async throws {
        var limits = StorageLimits()
        limits.itemsBytes = 3
        let fixture = try await fixture(kind, limits: limits)
        let store = fixture.store
        let published = ["1", "2", "3", "4", "5"].map { AccountWrite.item(item($0), keep: 9) }
        try await answer { store.write(published + [.item(item("9", node: "m"), keep: 9)], of: "ann", $0) }
        func ids(_ selection: ItemSelection) async throws -> [String] {
            try await answer { store.items(selection, node: "n", of: "ann", $0) }.map(\.id)
        }
        #expect(try await ids(.older(than: "4", 2)) == ["3", "2"])
        #expect(try await ids(.older(than: "1", 2)) == [])
        #expect(try await ids(.older(than: "none", 2)) == [])
        // what an answer holds is bounded, past the first item
        #expect(try await ids(.newest(9)) == ["5", "4", "3"])
        try await answer { store.write([.item(item("6", payload: [1, 2, 3, 4]), keep: 9)], of: "ann", $0) }
        #expect(try await ids(.newest(9)) == ["6"])
        #expect(try await ids(.ids(["1", "6", "2"])) == ["1"])
        let last = try await answer { store.lastItems(of: "ann", nodes: ["m", "none", "n"], $0) }
        #expect(last.map(\.id) == ["9", "6"] && last.map(\.node) == ["m", "n"])
        #expect(try await answer { store.lastItems(of: "bob", nodes: ["n"], $0) } == [])
    }

    @Test(arguments: every) func itemsAndNodesAreRemoved(_ kind: Implementation) async throws {
        let fixture = try await fixture(kind)
        let store = fixture.store
        let published = ["1", "2"].flatMap { id in ["n", "m"].map { AccountWrite.item(item(id, node: $0), keep: 9) } }
        try await answer { store.write(published, of: "ann", $0) }
        let changes: [AccountWrite] = [
            .itemRemoval(node: "n", id: "1"), .itemRemoval(node: "n", id: "none"), .purge(node: "m"),
            .itemRemoval(node: "none", id: "1"), .purge(node: "none"), .nodeRemoval("none"),
        ]
        try await answer { store.write(changes, of: "ann", $0) }
        #expect(try await ids(store) == ["2"])
        #expect(try await ids(store, "m") == [])
        let configured = NodeRecord(name: "n", configuration: [4])
        try await answer { store.write([.node(configured), .nodeRemoval("m")], of: "ann", $0) }
        #expect(try await answer { store.loadAccount(named: "ann", $0) }?.nodes == [configured])
        #expect(try await ids(store) == ["2"])
        let again: [AccountWrite] = [.nodeRemoval("n"), .node(configured)]
        try await answer { store.write(again, of: "ann", $0) }
        #expect(try await ids(store) == [])
    }

    @Test(arguments: every) func itemsHaveLimits(_ kind: Implementation) async throws {
        var limits = StorageLimits()
        (limits.itemsPerNode, limits.itemBytes) = (2, 3)
        let fixture = try await fixture(kind, limits: limits)
        let store = fixture.store
        let published = ["1", "2", "3"].map { AccountWrite.item(item($0, payload: [1, 2, 3]), keep: .max) }
        try await answer { store.write(published, of: "ann", $0) }
        #expect(try await ids(store) == ["3", "2"])
        await #expect(throws: StorageFault.limit("itemBytes")) {
            try await answer { store.write([.item(item("4", payload: [1, 2, 3, 4]), keep: 9)], of: "ann", $0) }
        }
        await #expect(throws: StorageFault.conflict(.nodeMissing(account: "ann", node: "none"))) {
            try await answer { store.write([.item(item("4", node: "none"), keep: 9)], of: "ann", $0) }
        }
        #expect(try await ids(store) == ["3", "2"])
    }
}
