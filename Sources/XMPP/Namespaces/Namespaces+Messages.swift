// The namespaces of what travels inside messages, and of the archive they rest in.

extension NS {
    // MARK: Ids, time and hints

    /// Unique and stable stanza ids (XEP-0359).
    public static let sid = "urn:xmpp:sid:0"
    /// Delayed delivery (XEP-0203).
    public static let delay = "urn:xmpp:delay"
    /// Delayed delivery, old form (XEP-0091).
    public static let legacyDelay = "jabber:x:delay"
    /// Message processing hints (XEP-0334).
    public static let hints = "urn:xmpp:hints"
    /// Fallback indication (XEP-0428).
    public static let fallback = "urn:xmpp:fallback:0"
    /// Explicit message encryption (XEP-0380).
    public static let encryption = "urn:xmpp:eme:0"
    /// User nickname (XEP-0172).
    public static let nick = "http://jabber.org/protocol/nick"
    /// Security labels (XEP-0258).
    public static let securityLabel = "urn:xmpp:sec-label:0"

    // MARK: Archive and forwarding

    /// Message archive management (XEP-0313).
    public static let mam = "urn:xmpp:mam:2"
    /// Version 0.5 of XEP-0313, which clients of the drafts of MIX speak.
    public static let mam1 = "urn:xmpp:mam:1"
    /// Feature: ids, flip-page, metadata (XEP-0313).
    public static let mamExtended = "urn:xmpp:mam:2#extended"
    /// Feature: the form has `include-groupchat` (XEP-0313).
    public static let mamGroupchatField = "urn:xmpp:mam:2#groupchat-field"
    /// Feature: the archive holds groupchat messages (XEP-0313).
    public static let mamGroupchatAvailable = "urn:xmpp:mam:2#groupchat-available"
    /// Full text search in the archive (XEP-0431).
    public static let fullText = "urn:xmpp:fulltext:0"
    /// Inbox (XEP-0430).
    public static let inbox = "urn:xmpp:inbox:1"
    /// Stanza forwarding (XEP-0297).
    public static let forward = "urn:xmpp:forward:0"
    /// Message carbons (XEP-0280).
    public static let carbons = "urn:xmpp:carbons:2"
    /// Feature: the recommended carbon rules (XEP-0280).
    public static let carbonsRules = "urn:xmpp:carbons:rules:0"

    // MARK: Changing and answering messages

    /// Last message correction (XEP-0308).
    public static let correction = "urn:xmpp:message-correct:0"
    /// Message retraction (XEP-0424).
    public static let retraction = "urn:xmpp:message-retract:1"
    /// Feature: tombstones in the archive (XEP-0424).
    public static let retractionTombstone = "urn:xmpp:message-retract:1#tombstone"
    /// Message retraction, old form (XEP-0424 0.3).
    public static let retraction0 = "urn:xmpp:message-retract:0"
    /// Moderated message retraction (XEP-0425).
    public static let moderation = "urn:xmpp:message-moderate:1"
    /// Moderated message retraction, old form (XEP-0425 0.2).
    public static let moderation0 = "urn:xmpp:message-moderate:0"
    /// Message fastening (XEP-0422).
    public static let fastening = "urn:xmpp:fasten:0"
    /// Message reactions (XEP-0444).
    public static let reactions = "urn:xmpp:reactions:0"
    /// Form type of restrictions on reactions (XEP-0444).
    public static let reactionRestrictions = "urn:xmpp:reactions:0:restrictions"
    /// Message replies (XEP-0461).
    public static let reply = "urn:xmpp:reply:0"
    /// References (XEP-0372).
    public static let reference = "urn:xmpp:reference:0"
    /// Explicit mentions (XEP-0513).
    public static let mentions = "urn:xmpp:mentions:0"
    /// Message attaching (XEP-0367).
    public static let attaching = "urn:xmpp:message-attaching:1"
    /// Ephemeral messages (XEP-0466).
    public static let ephemeral = "urn:xmpp:ephemeral:0"

    // MARK: State of a conversation

    /// Chat states (XEP-0085).
    public static let chatStates = "http://jabber.org/protocol/chatstates"
    /// Delivery receipts (XEP-0184).
    public static let receipts = "urn:xmpp:receipts"
    /// Displayed markers (XEP-0333).
    public static let chatMarkers = "urn:xmpp:chat-markers:0"
    /// Message displayed synchronization (XEP-0490).
    public static let displayed = "urn:xmpp:mds:displayed:0"
    /// Displayed synchronization by the server (XEP-0490).
    public static let displayedAssist = "urn:xmpp:mds:server-assist:0"
    /// Last user interaction (XEP-0319).
    public static let idle = "urn:xmpp:idle:1"
    /// Message events, old form (XEP-0022).
    public static let legacyEvents = "jabber:x:event"
    /// Jingle message initiation (XEP-0353).
    public static let jingleMessage = "urn:xmpp:jingle-message:0"

    // MARK: Rich content

    /// Out-of-band data in a message (XEP-0066).
    public static let oob = "jabber:x:oob"
    /// XHTML-IM (XEP-0071).
    public static let xhtmlIM = "http://jabber.org/protocol/xhtml-im"
    /// File metadata (XEP-0446).
    public static let fileMetadata = "urn:xmpp:file:metadata:0"
    /// Stateless file sharing (XEP-0447).
    public static let fileSharing = "urn:xmpp:sfs:0"
}
