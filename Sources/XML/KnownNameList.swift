// The names worth a number: those of nearly every stanza that passes a group-chat server.

enum KnownNameList {
    /// Every name of the table, each once.
    static let all = namespaces + elements + attributes

    private static let namespaces = [
        xmlNamespace,
        "jabber:client", "jabber:server", "jabber:component:accept", "http://etherx.jabber.org/streams",
        "urn:ietf:params:xml:ns:xmpp-stanzas", "urn:ietf:params:xml:ns:xmpp-streams",
        "urn:ietf:params:xml:ns:xmpp-tls", "urn:ietf:params:xml:ns:xmpp-sasl", "urn:ietf:params:xml:ns:xmpp-bind",
        "urn:ietf:params:xml:ns:xmpp-session", "urn:xmpp:sasl:2", "urn:xmpp:bind:0", "urn:xmpp:sm:3",
        "jabber:iq:roster", "jabber:iq:register", "jabber:iq:version", "jabber:iq:last", "jabber:iq:private",
        "jabber:iq:privacy", "jabber:iq:conference", "jabber:x:data", "jabber:x:delay", "jabber:x:conference",
        "jabber:x:oob", "jabber:x:event",
        "http://jabber.org/protocol/muc", "http://jabber.org/protocol/muc#user",
        "http://jabber.org/protocol/muc#admin", "http://jabber.org/protocol/muc#owner",
        "http://jabber.org/protocol/muc#unique", "http://jabber.org/protocol/disco#info",
        "http://jabber.org/protocol/disco#items", "http://jabber.org/protocol/caps",
        "http://jabber.org/protocol/chatstates", "http://jabber.org/protocol/rsm",
        "http://jabber.org/protocol/pubsub", "http://jabber.org/protocol/pubsub#event",
        "http://jabber.org/protocol/pubsub#owner", "http://jabber.org/protocol/xhtml-im",
        "http://jabber.org/protocol/nick", "http://jabber.org/protocol/commands", "http://www.w3.org/1999/xhtml",
        "vcard-temp", "vcard-temp:x:update", "storage:bookmarks", "urn:xmpp:bookmarks:1", "urn:xmpp:ping",
        "urn:xmpp:delay", "urn:xmpp:mam:2", "urn:xmpp:forward:0", "urn:xmpp:sid:0", "urn:xmpp:occupant-id:0",
        "urn:xmpp:carbons:2", "urn:xmpp:hints", "urn:xmpp:receipts", "urn:xmpp:chat-markers:0", "urn:xmpp:eme:0",
        "urn:xmpp:reply:0", "urn:xmpp:fallback:0", "urn:xmpp:reactions:0", "urn:xmpp:message-correct:0",
        "urn:xmpp:message-moderate:0", "urn:xmpp:message-moderate:1", "urn:xmpp:message-retract:0",
        "urn:xmpp:message-retract:1", "urn:xmpp:fasten:0", "urn:xmpp:hats:0", "urn:xmpp:avatar:data",
        "urn:xmpp:avatar:metadata", "urn:xmpp:time", "urn:xmpp:blocking", "urn:xmpp:csi:0", "urn:xmpp:mix:0",
        "urn:xmpp:mix:core:0", "urn:xmpp:mix:core:1", "urn:xmpp:mix:presence:0", "urn:xmpp:mix:anon:0",
        "urn:xmpp:mix:pam:2", "urn:xmpp:presence:0", "urn:xmpp:http:upload:0", "urn:xmpp:jid:0",
        "urn:xmpp:styling:0", "urn:xmpp:reference:0", "urn:xmpp:idle:1", "urn:xmpp:caps", "urn:xmpp:hashes:2",
        "urn:xmpp:omemo:2", "eu.siacs.conversations.axolotl",
    ]

    private static let elements = [
        "message", "presence", "iq", "stream", "features", "error", "body", "subject", "thread", "show", "status",
        "priority", "query", "x", "c", "item", "items", "identity", "feature", "field", "value", "option", "required",
        "title", "instructions", "reported", "delay", "history", "password", "invite", "decline", "reason", "actor",
        "destroy", "continue", "stanza-id", "origin-id", "occupant-id", "result", "forwarded", "fin", "set", "first",
        "last", "count", "max", "before", "after", "index", "received", "sent", "private", "no-copy", "store",
        "no-store", "no-permanent-store", "request", "active", "composing", "paused", "inactive", "gone", "markable",
        "displayed", "acknowledged", "replace", "reply", "fallback", "reactions", "reaction", "retract", "retracted",
        "moderate", "moderated", "apply-to", "attach-to", "encrypted", "encryption", "header", "key", "payload", "iv",
        "ping", "bind", "session", "jid", "resource", "starttls", "proceed", "failure", "success", "auth", "mechanisms",
        "mechanism", "challenge", "response", "abort", "r", "a", "enable", "enabled", "resume", "resumed", "failed",
        "vCard", "photo", "PHOTO", "TYPE", "BINVAL", "FN", "NICKNAME", "url", "desc", "nick", "name", "version", "os",
        "group", "publish", "publish-options", "pubsub", "event", "subscribe", "unsubscribe", "subscription",
        "subscriptions", "affiliation", "affiliations", "configure", "create", "delete", "purge", "node", "storage",
        "conference", "autojoin", "extensions", "metadata", "info", "data", "html", "span", "p", "br", "hats", "hat",
        "reference", "idle", "text", "bad-request", "conflict", "feature-not-implemented", "forbidden",
        "internal-server-error", "item-not-found", "jid-malformed", "not-acceptable", "not-allowed",
        "not-authorized", "policy-violation", "recipient-unavailable", "redirect", "registration-required",
        "remote-server-not-found", "remote-server-timeout", "resource-constraint", "service-unavailable",
        "subscription-required", "undefined-condition", "unexpected-request", "username", "email", "remove",
        "registered", "participant", "mix", "join", "leave", "setnick", "client-join", "client-leave", "hash", "slot",
        "get", "put", "block", "unblock", "blocklist", "prefs", "always", "never", "default", "unique",
    ]

    private static let attributes = [
        "to", "from", "id", "type", "lang", "xmlns", "code", "role", "var", "label", "category", "stamp", "by",
        "seconds", "since", "maxchars", "maxstanzas", "ver", "queryid", "complete", "stable", "sid", "rid", "prekey",
        "kex", "keyid", "ask", "approved", "action", "uri", "h", "previd", "namespace", "start", "end", "begin",
        "for", "time", "bytes", "width", "height",
    ]
}
