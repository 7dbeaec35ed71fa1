// What is published in a channel besides conversation and rules: avatars, and nodes its owners made.

public import XML

/// The nodes of a room that hold items of somebody's making (XEP-0369 §4.8, XEP-0407 §2).
public struct NodeLibrary: Sendable, Equatable {
    /// An item.
    public struct Item: Sendable, Equatable {
        public let id: String
        /// The P of who published it, if that is a participant.
        public let publisher: ParticipantID?
        public let payload: Element?

        public init(id: String, publisher: ParticipantID?, payload: Element?) {
            self.id = id
            self.publisher = publisher
            self.payload = payload
        }
    }

    /// A node.
    public struct Node: Sendable, Equatable {
        /// What subscribers to it are.
        public let topic: Topics
        /// The oldest first.
        public internal(set) var items: [Item]
    }

    public static let avatarData = "urn:xmpp:avatar:data"
    public static let avatarMetadata = "urn:xmpp:avatar:metadata"

    /// Those that were made or published to, by name.
    public internal(set) var nodes: [String: Node] = [:]

    public subscript(_ name: String) -> Node? { nodes[name] }

    /// Names of the nodes that documents do not define.
    public var ownNames: [String] { nodes.filter { !Topics.avatar.contains($0.value.topic) }.map(\.key).sorted() }

    /// The topic of a node that is kept here.
    public func topic(of name: String) -> Topics? {
        switch name {
        case Self.avatarData: .avatarData
        case Self.avatarMetadata: .avatarMetadata
        default: nodes[name]?.topic
        }
    }

    /// A place for a further node; nil: there are enough.
    func freePlace(_ limit: Int) -> Int? {
        let taken = nodes.values.map(\.topic)
        return (0..<min(limit, Topics.ownNodes)).first { !taken.contains(.own($0)) }
    }

    mutating func apply(_ happening: Event.Library) {
        switch happening {
        case .made(let making): nodes[making.node] = Node(topic: making.topic, items: [])
        case .dropped(let making): nodes[making.node] = nil
        case .published(let publication):
            var node = nodes[publication.node] ?? Node(topic: publication.topic, items: [])
            node.items.removeAll { $0.id == publication.item.id }
            node.items.append(publication.item)
            if node.items.count > publication.keeps { node.items.removeFirst(node.items.count - publication.keeps) }
            nodes[publication.node] = node
        case .removed(let removal): nodes[removal.node]?.items.removeAll { removal.ids.contains($0.id) }
        }
    }
}

extension Command {
    /// What may be asked of the nodes of a room's own.
    public enum Library: Sendable {
        case make(node: String, by: Requester)
        case drop(node: String, by: Requester)
        /// An item; without an id it gets one.
        case publish(id: String?, payload: Element?, node: String, by: Requester)
        /// Items by id; nil: all of them.
        case remove([String]?, node: String, by: Requester)
    }
}

extension Event {
    /// What happens to such nodes.
    public enum Library: Sendable, Equatable {
        case made(Making)
        case dropped(Making)
        case published(Publication)
        case removed(Removal)

        /// A node comes or goes.
        public struct Making: Sendable, Equatable {
            public let stamp: Stamp
            public let node: String
            public let topic: Topics
        }

        /// An item is there.
        public struct Publication: Sendable, Equatable {
            public let stamp: Stamp
            public let node: String
            public let topic: Topics
            public let item: NodeLibrary.Item
            /// So many items the node keeps.
            public let keeps: Int
        }

        /// Items are gone.
        public struct Removal: Sendable, Equatable {
            public let stamp: Stamp
            public let node: String
            public let topic: Topics
            public let ids: [String]
            /// It was all of them, by one act.
            public let isPurge: Bool
        }

        /// Its place in the journal.
        public var stamp: Stamp {
            switch self {
            case .made(let making), .dropped(let making): making.stamp
            case .published(let publication): publication.stamp
            case .removed(let removal): removal.stamp
            }
        }

        /// The node's topic.
        public var topic: Topics {
            switch self {
            case .made(let making), .dropped(let making): making.topic
            case .published(let publication): publication.topic
            case .removed(let removal): removal.topic
            }
        }
    }
}

extension Draft {
    /// Whoever takes no part, and heard of nothing but a node that is gone.
    fileprivate mutating func forgetTheDeaf(_ context: Context) {
        let deaf = room.enrolments.all.filter { !$0.isParticipant && $0.topics.isEmpty }
        for enrolment in deaf.sorted(by: { $0.jid < $1.jid }) { add(room.withdraw(enrolment, .own, context)) }
    }
}

extension Room {
    /// Nodes are made and dropped by owners and administrators; avatars are published by whom the channel lets.
    func decide(_ request: Command.Library, _ context: Context) throws(Refusal) -> [Event] {
        switch request {
        case .make(let name, let requester):
            guard permissions.rank(of: requester) >= .admin else { throw .forbidden }
            guard library.topic(of: name) == nil else { throw .nodeExists }
            guard !name.isEmpty else { throw .badRequest("no name") }
            guard name.utf8.count <= context.limits.nodeNameBytes else { throw .tooLarge(limit: "nodeNameBytes") }
            guard let place = library.freePlace(context.limits.ownNodes) else { throw .tooMany(limit: "ownNodes") }
            return [.library(.made(.init(stamp: nextStamp(context), node: name, topic: .own(place))))]
        case .drop(let name, let requester):
            guard permissions.rank(of: requester) >= .admin else { throw .forbidden }
            guard let node = library[name], !Topics.avatar.contains(node.topic) else { throw .nodeMissing }
            var draft = Draft(self)
            draft.add(.library(.dropped(.init(stamp: nextStamp(context), node: name, topic: node.topic))))
            draft.forgetTheDeaf(context)
            return draft.events
        case .publish(let id, let payload, let name, let requester):
            return try publish(id, payload, in: name, by: requester, context)
        case .remove(let ids, let name, let requester):
            let topic = try checkWriting(in: name, requester)
            let items = library[name]?.items.map(\.id) ?? []
            guard requester.isOperator || ids?.allSatisfy(items.contains) ?? true else { throw .messageMissing }
            let gone = ids ?? items
            let removal = Event.Library.Removal(
                stamp: nextStamp(context), node: name, topic: topic, ids: gone, isPurge: ids == nil)
            return [.library(.removed(removal))]
        }
    }

    private func publish(
        _ id: String?, _ payload: Element?, in name: String, by requester: Requester, _ context: Context
    ) throws(Refusal) -> [Event] {
        let topic = try checkWriting(in: name, requester)
        guard (payload?.byteCount ?? 0) <= context.limits.nodeItemBytes, (id?.utf8.count ?? 0) <= 1_023 else {
            throw .tooLarge(limit: "nodeItemBytes")
        }
        let stamp = nextStamp(context)
        let item = NodeLibrary.Item(
            id: id ?? secret.archiveID(of: stamp.seq), publisher: participant(jid: requester.jid)?.id,
            payload: payload)
        let publication = Event.Library.Publication(
            stamp: stamp, node: name, topic: topic, item: item,
            keeps: Topics.avatar.contains(topic) ? 1 : context.limits.nodeItems)
        return [.library(.published(publication))]
    }

    private func checkWriting(in name: String, _ requester: Requester) throws(Refusal) -> Topics {
        guard let topic = library.topic(of: name) else { throw .nodeMissing }
        if Topics.avatar.contains(topic) {
            guard settings.nodes.contains(topic) else { throw .nodeMissing }
            guard permissions.mayWrite(settings.choice(.avatarWriters), requester) else { throw .forbidden }
        } else if permissions.rank(of: requester) < .admin {
            throw .forbidden
        }
        return topic
    }
}
