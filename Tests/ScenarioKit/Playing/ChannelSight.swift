// Who may see real addresses in channels of MIX, as far as somebody who listens can know (XEP-0404).

import XML

/// The channels whose addresses everybody sees, who rules them, who wants to be seen, and which lists are open.
///
/// What a room says of itself once all is quiet is true. Until then everything holds that was so when it was last
/// quiet, and everything that somebody has written since.
struct ChannelSight {
    private struct Node: Hashable {
        let channel: String
        let name: String
    }

    private struct Facts {
        var open: Set<String> = []
        /// Owners and admins by channel: bare JIDs.
        var rulers: [String: Set<String>] = [:]
        /// Local parts of accounts that have asked to be seen, by channel.
        var wishes: [String: Set<String>] = [:]
        /// Nodes with addresses of people that more than rulers may read.
        var lists: Set<Node> = []
    }

    /// What holds now.
    private var now = Facts()
    /// What held at some time since all was quiet.
    private var lately = Facts()

    /// The options that open a node with addresses, and the node (XEP-0406 §2.4).
    private static let access = [
        "Configuration Node Access": "urn:xmpp:mix:nodes:config", "ACL Node Access": "urn:xmpp:mix:nodes:acl",
        "Allowed Node Subscription": "urn:xmpp:mix:nodes:allowed",
        "Banned Node Subscription": "urn:xmpp:mix:nodes:banned",
    ]
    private static let rulerGroups: Set<String> = ["owners", "owners-only", "admins", "admins-and-owners", "nobody"]

    // MARK: Asking

    /// Whether a reader may see the address of an account in what a channel says.
    func shows(_ local: String, to account: String, in channel: String) -> Bool {
        [now, lately].contains { facts in
            facts.open.contains(channel) || facts.rulers[channel]?.contains(account) == true
                || facts.wishes[channel]?.contains(local) == true
        }
    }

    /// Whether an account is owner or admin, though nothing may have told its clients so.
    func isRuler(_ account: String, of channel: String) -> Bool {
        [now, lately].contains { $0.rulers[channel]?.contains(account) == true }
    }

    /// Whether an element is what a node holds that more than the rulers of its channel may read.
    func isOpenList(_ element: Element, of channel: String) -> Bool {
        guard element.name == "items", let name = element["node"] else { return false }
        let node = Node(channel: channel, name: name)
        return now.lists.contains(node) || lately.lists.contains(node)
    }

    // MARK: Learning

    /// Somebody writes to a channel. It may be refused, so only some of it counts once all is quiet.
    mutating func written(_ stanza: Element, to channel: String, by local: String) {
        stanza.walk { element in
            guard element.name == "field", let option = element["var"] else { return }
            let values = element.fieldValues.map { $0.lowercased() }
            if let node = Self.access[option].map({ Node(channel: channel, name: $0) }) {
                if values.allSatisfy(Self.rulerGroups.contains) {
                    now.lists.remove(node)
                } else {
                    now.lists.insert(node)
                    lately.lists.insert(node)
                }
            }
            guard option == "JID Visibility" else { return }
            switch values.first {
            case "jid-mandatory-visible": lately.open.insert(channel)
            case "always":
                now.wishes[channel, default: []].insert(local)
                lately.wishes[channel, default: []].insert(local)
            default: now.wishes[channel]?.remove(local)
            }
        }
    }

    /// A channel says how it is configured.
    mutating func told(_ stanza: Element, of channel: String) {
        stanza.walk { element in
            guard element.name == "field", element["var"] == "JID Visibility", let mode = element.fieldValues.first,
                mode.hasPrefix("jid-")
            else { return }
            know(channel, isOpen: mode == "jid-mandatory-visible", rulers: nil)
        }
    }

    /// Somebody has made a channel.
    mutating func created(_ channel: String, by account: String) {
        now.rulers[channel, default: []].insert(account)
    }

    /// How a channel is; nil where nothing is known of its rulers.
    mutating func know(_ channel: String, isOpen: Bool, rulers: [String]?) {
        if isOpen { now.open.insert(channel) } else { now.open.remove(channel) }
        if isOpen { lately.open.insert(channel) }
        if let rulers { now.rulers[channel] = Set(rulers) }
    }

    /// All is quiet.
    mutating func forgetLately() { lately = now }
}
