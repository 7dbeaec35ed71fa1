// The nodes of a channel by name, and the topics behind them.

import Rooms
import XMPP

/// Names of nodes in one grammar (XEP-0369 §4.7, XEP-0403, 0404, 0406, 0407; 0.2.1 §3.6).
struct Nodes: Sendable {
    /// A node that documents define.
    struct Standard: Sendable {
        let name: String
        let topic: Topics
    }

    let grammar: Grammar

    /// The subject of a channel (0.2.1 §3.6.2).
    static let subject = "urn:xmpp:mix:nodes:subject"
    /// Another name of the node that tells of new channels (0.2.1 §4.2).
    static let channels = "urn:xmpp:mix:nodes:channels"

    private static let both = [
        Standard(name: NS.mixNodeMessages, topic: .messages), Standard(name: subject, topic: .subject),
        Standard(name: NS.mixNodeParticipants, topic: .participants),
        Standard(name: NS.mixNodeJIDMap, topic: .addresses), Standard(name: NS.mixNodePresence, topic: .presence),
    ]
    private static let draft =
        both + [
            Standard(name: NS.mixNodeConfig, topic: .lists), Standard(name: NS.mixNodeACL, topic: .access),
        ]
    private static let current =
        both.filter { $0.topic != .subject } + [
            Standard(name: NS.mixNodeInfo, topic: .information),
            Standard(name: NS.mixNodeConfig, topic: .configuration),
            Standard(name: NS.mixNodeAllowed, topic: .allowed), Standard(name: NS.mixNodeBanned, topic: .banned),
            Standard(name: NS.avatarData, topic: .avatarData),
            Standard(name: NS.avatarMetadata, topic: .avatarMetadata),
        ]

    /// Every standard node of this grammar, in the order in which they are listed.
    var all: [Standard] { grammar.isDraft ? Self.draft : Self.current }

    /// The topic behind a name, of whichever generation it is; empty where nobody knows it.
    func topic(of name: String, in room: Room) -> Topics {
        let known = all + Self.draft + Self.current
        return known.first { $0.name == name }?.topic ?? room.library[name]?.topic ?? []
    }

    /// What a topic is called; nil where this grammar has no such node.
    func name(of topic: Topics, in room: Room) -> String? {
        all.first { $0.topic == topic }?.name ?? room.library.nodes.first { $0.value.topic == topic }?.key
    }

    /// The nodes that are there and that somebody may subscribe to, or might if it joined (XEP-0369 §6.4; MIX2-113).
    func open(to requester: Requester, in room: Room) -> [String] {
        let rank = room.permissions.rank(of: requester)
        let joins = room.participant(jid: requester.jid) != nil || room.permissions.mayEnter(requester.jid)
        let standard = all.filter { room.hasNode($0.topic) }
        let own = room.library.ownNames.map { Standard(name: $0, topic: room.library[$0]?.topic ?? []) }
        return (standard + own).filter { node in
            room.permissions.mayHear(node.topic, rank: rank, isParticipant: joins)
        }.map(\.name)
    }
}
