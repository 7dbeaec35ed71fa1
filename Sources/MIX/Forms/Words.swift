// The words of the configuration options in each generation, and what they mean to a room.

import Rooms
import XMPP

/// Groups of people, visibility and nodes, as options name them (XEP-0406 §2.4, 0.2.1 §3.6; rules ).
enum Words {
    /// What 0.2.1 calls a group of people.
    private static let drafts = [
        "allowed": "members-only", "participants": "participants-only", "admins": "admins-and-owners",
        "owners": "owners-only",
    ]
    /// Slips of the pen that a client library makes (MIXC-506).
    private static let slips = [
        "admin": "admins", "administrators": "admins", "owner": "owners", "onwers": "owners", "onbody": "nobody",
        "participant": "participants",
    ]

    static func audience(_ word: String, isDraft: Bool) -> String { isDraft ? drafts[word] ?? word : word }

    /// The group behind a word of any generation.
    static func audience(from word: String) -> String {
        drafts.first { $0.value == word }?.key ?? slips[word] ?? word
    }

    /// `jid-hidden` and the like.
    static func visibility(_ settings: Settings) -> String {
        settings.isOpen ? "jid-mandatory-visible" : settings.isOptionallyOpen ? "jid-optionally-visible" : "jid-hidden"
    }

    static func whois(from word: String) -> String? {
        switch word.lowercased() {
        case "jid-hidden": "moderators"
        case "jid-optionally-visible", "jid-maybe-visible": "optional"
        case "jid-mandatory-visible", "jid-visible": "anyone"
        default: nil
        }
    }

    /// The nodes of a channel as the option "Nodes Present" lists them.
    static func nodes(of room: Room, isDraft: Bool) -> [String] {
        let nodes = room.settings.nodes
        var words: [String] = []
        func list(_ word: String, _ topic: Topics) { if nodes.contains(topic) { words.append(word) } }
        if isDraft { list("messages", .messages) }
        list("participants", .participants)
        list("presence", .presence)
        if isDraft {
            list("subject", .subject)
            return words + ["acl"]
        }
        list("information", .information)
        list("allowed", .allowed)
        list("banned", .banned)
        if room.settings.showsAddressMap { words.append("jidmap-visible") }
        list("avatar", .avatarData)
        return words
    }

    /// What a list of nodes means for the settings. Nodes that a generation cannot name stay as they are.
    ///
    /// - Throws: `not-acceptable` where neither messages nor presence would be left (rule mix-0.2.1 O-01).
    static func settings(
        nodesPresent words: [String], of room: Room, isDraft: Bool
    ) throws(StanzaError) -> [Setting: SettingValue] {
        let wanted = Set(words.map { $0 == "info" ? "information" : $0 })
        // that of the participants is always there (MIXC-018)
        var nameable: Set<String> =
            isDraft ? ["messages", "presence", "subject"] : ["presence", "information", "banned", "avatar"]
        if !isDraft, room.settings.isOpen { nameable.insert("jidmap-visible") }
        let known = nameable.union(Setting.nodeWords + ["acl", "config", "allowed", "jidmap"])
        guard wanted.isSubset(of: known) else { throw StanzaError(.notAcceptable, text: "There is no such node.") }
        var missing = Set(room.settings.lines(.missingNodes))
        for word in Setting.nodeWords where nameable.contains(word) || wanted.contains(word) {
            if wanted.contains(word) { missing.remove(word) } else { missing.insert(word) }
        }
        guard !missing.isSuperset(of: ["messages", "presence"]) else {
            throw StanzaError(.notAcceptable, text: "A channel has messages, presence or both.")
        }
        var settings: [Setting: SettingValue] = [.missingNodes: .lines(Setting.nodeWords.filter(missing.contains))]
        if !isDraft { settings[.isMembersOnly] = .flag(wanted.contains("allowed")) }
        return settings
    }
}
