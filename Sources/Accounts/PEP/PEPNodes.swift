// The nodes of one account: what a request changes in them, what is stored, who hears of it.

import Storage
import XML
import XMPP

/// The nodes of an account, by name; a value, and pure: what changes is decided here and done by the desk.
struct PEPNodes: Sendable, Equatable {
    private(set) var configurations: [String: NodeConfiguration]

    /// What a request leads to.
    struct Outcome: Equatable {
        /// What is stored.
        var writes: [AccountWrite] = []
        /// What is told, of which node, in the configuration it has for those who hear.
        var news: [News] = []

        mutating func add(_ more: Outcome) {
            writes += more.writes
            news += more.news
        }
    }

    /// A notification, before it is known who gets it.
    struct News: Sendable, Equatable {
        let node: String
        let event: PubSubEvent
        let configuration: NodeConfiguration
    }

    /// What bounds the nodes of an account.
    struct Limits: Sendable {
        var nodes: Int
        var itemsPerNode: Int
        var itemBytes: Int
        /// Bytes of the name of a node or item (XEP-0060 gives none; those of an address part, RFC 7622 §3).
        var nameBytes = 1_023

        init(_ limits: StorageLimits) {
            (nodes, itemsPerNode, itemBytes) = (limits.nodes, limits.itemsPerNode, limits.itemBytes)
        }
    }

    init(_ records: [NodeRecord] = []) {
        configurations = Dictionary(
            records.map { ($0.name, NodeConfiguration(stored: $0.configuration)) }, uniquingKeysWith: { $1 })
    }

    /// The configuration of a node, nil if there is none.
    subscript(_ node: String) -> NodeConfiguration? { configurations[node] }

    /// The names of all nodes, in order.
    var names: [String] { configurations.keys.sorted() }

    // MARK: Items

    /// Publishes an item, which has its id by now; makes the node if there is none.
    ///
    /// - Parameter publisher: who publishes it, told to those who hear.
    /// - Parameter now: milliseconds since 1970.
    mutating func publish(
        _ item: PubSubItem, id: String, to node: String, options: DataForm?, by publisher: JID, at now: Int64,
        _ limits: Limits
    ) throws(StanzaError) -> Outcome {
        guard let payload = item.payload else { throw StanzaError(.payloadRequired) }
        let bytes = payload.bytes(in: "")
        guard bytes.count <= limits.itemBytes else { throw StanzaError(.payloadTooBig) }
        guard id.utf8.count <= limits.nameBytes else { throw StanzaError(.notAcceptable) }
        var outcome = Outcome()
        let configuration: NodeConfiguration
        if let existing = configurations[node] {
            try Self.check(options, against: existing, limits)
            configuration = existing
        } else {
            configuration = try Self.new(options, limits)
            try add(node, configuration, to: &outcome, limits)
        }
        let record = ItemRecord(
            node: node, id: id, publisher: publisher.bare.description, time: now, payload: bytes)
        outcome.writes.append(.item(record, keep: configuration.keep))
        let shown = PubSubItem(id: id, payload: configuration.deliversPayloads ? payload : nil)
        outcome.news.append(News(node: node, event: .published(shown), configuration: configuration))
        return outcome
    }

    /// Each option must be met by a node that is there (XEP-0060 §7.1.5).
    private static func check(
        _ options: DataForm?, against existing: NodeConfiguration, _ limits: Limits
    ) throws(StanzaError) {
        guard let options else { return }
        let demanded = try? existing.applying(options, mostItems: limits.itemsPerNode)
        guard demanded == existing else { throw StanzaError(.preconditionNotMet) }
    }

    /// The configuration of a node that comes into being with options.
    private static func new(_ options: DataForm?, _ limits: Limits) throws(StanzaError) -> NodeConfiguration {
        guard let options else { return NodeConfiguration() }
        guard let new = try? NodeConfiguration().applying(options, mostItems: limits.itemsPerNode) else {
            throw StanzaError(.preconditionNotMet)
        }
        return new
    }

    /// Retracts items that are there.
    ///
    /// - Parameter notifies: whether those who hear of the node hear of it; nil: as it is configured.
    func retract(_ ids: [String], of node: String, notifies: Bool?) throws(StanzaError) -> Outcome {
        guard let configuration = configurations[node] else { throw StanzaError(.itemNotFound) }
        var outcome = Outcome(writes: ids.map { .itemRemoval(node: node, id: $0) })
        if notifies ?? configuration.notifiesRetraction {
            outcome.news = [News(node: node, event: .retracted(ids), configuration: configuration)]
        }
        return outcome
    }

    // MARK: Nodes

    /// Makes a node.
    mutating func create(
        _ node: String, configuration form: DataForm?, _ limits: Limits
    ) throws(StanzaError) -> Outcome {
        guard configurations[node] == nil else { throw StanzaError(.conflict) }
        var outcome = Outcome()
        try add(node, try Self.changed(NodeConfiguration(), by: form, limits), to: &outcome, limits)
        return outcome
    }

    private mutating func add(
        _ node: String, _ configuration: NodeConfiguration, to outcome: inout Outcome, _ limits: Limits
    ) throws(StanzaError) {
        guard node.utf8.count <= limits.nameBytes else { throw StanzaError(.notAcceptable) }
        guard configurations.count < limits.nodes else { throw StanzaError(.resourceConstraint, type: .wait) }
        configurations[node] = configuration
        outcome.writes.append(.node(NodeRecord(name: node, configuration: configuration.stored)))
    }

    /// Changes the configuration of a node.
    mutating func configure(_ node: String, _ form: DataForm?, _ limits: Limits) throws(StanzaError) -> Outcome {
        guard let old = configurations[node] else { throw StanzaError(.itemNotFound) }
        let new = try Self.changed(old, by: form, limits)
        guard new != old else { return Outcome() }
        configurations[node] = new
        var outcome = Outcome(writes: [.node(NodeRecord(name: node, configuration: new.stored))])
        if new.notifiesConfiguration {
            let form = new.deliversPayloads ? new.form(.result) : nil
            outcome.news = [News(node: node, event: .configured(form), configuration: new)]
        }
        return outcome
    }

    /// A configuration as a submitted form changes it; fields no node has are passed over (XEP-0004 §3.2).
    private static func changed(
        _ old: NodeConfiguration, by form: DataForm?, _ limits: Limits
    ) throws(StanzaError) -> NodeConfiguration {
        guard var form else { return old }
        let known = Set(old.form(.form).fields.map(\.name))
        form.fields.removeAll { !known.contains($0.name) }
        do throws(NodeConfiguration.Fault) {
            return try old.applying(form, mostItems: limits.itemsPerNode)
        } catch {
            throw StanzaError(.notAcceptable, text: "\(error)")
        }
    }

    /// Deletes a node with all it holds.
    mutating func delete(_ node: String) throws(StanzaError) -> Outcome {
        guard let old = configurations.removeValue(forKey: node) else { throw StanzaError(.itemNotFound) }
        let news = News(node: node, event: .deleted, configuration: old)
        return Outcome(writes: [.nodeRemoval(node)], news: old.notifiesDeletion ? [news] : [])
    }

    /// Deletes all items of a node.
    func purge(_ node: String) throws(StanzaError) -> Outcome {
        guard let configuration = configurations[node] else { throw StanzaError(.itemNotFound) }
        let news = News(node: node, event: .purged, configuration: configuration)
        return Outcome(writes: [.purge(node: node)], news: configuration.notifiesRetraction ? [news] : [])
    }
}
