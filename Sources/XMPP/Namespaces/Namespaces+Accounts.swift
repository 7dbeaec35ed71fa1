// The namespaces of the IM server round the rooms: roster, profile, pubsub, push.

extension NS {
    // MARK: Roster, presence and blocking

    /// Roster (RFC 6121 §2).
    public static let roster = "jabber:iq:roster"
    /// Privacy lists of old clients (XEP-0016).
    public static let privacy = "jabber:iq:privacy"
    /// Blocking command (XEP-0191).
    public static let blocking = "urn:xmpp:blocking"
    /// Error condition of a blocked contact (XEP-0191).
    public static let blockingErrors = "urn:xmpp:blocking:errors"
    /// Reports with a block (XEP-0377).
    public static let reporting = "urn:xmpp:reporting:1"
    /// Pre-authenticated subscription (XEP-0379).
    public static let preAuthenticatedSubscription = "urn:xmpp:pars:0"
    /// Pre-authenticated registration (XEP-0445).
    public static let registrationToken = "urn:xmpp:ibr-token:0"
    /// Ad-hoc command: invite a contact (XEP-0401).
    public static let inviteCommand = "urn:xmpp:invite#invite"
    /// Ad-hoc command: invite to make an account (XEP-0401).
    public static let inviteAccountCommand = "urn:xmpp:invite#create-account"
    /// Moved (XEP-0283).
    public static let moved = "urn:xmpp:moved:1"

    // MARK: PubSub and PEP (XEP-0060, XEP-0163)

    /// Requests of subscribers and publishers (XEP-0060).
    public static let pubsub = "http://jabber.org/protocol/pubsub"
    /// Notifications (XEP-0060).
    public static let pubsubEvent = "http://jabber.org/protocol/pubsub#event"
    /// Requests of owners (XEP-0060).
    public static let pubsubOwner = "http://jabber.org/protocol/pubsub#owner"
    /// Error conditions (XEP-0060).
    public static let pubsubErrors = "http://jabber.org/protocol/pubsub#errors"
    /// Form type of a node's configuration (XEP-0060).
    public static let pubsubNodeConfig = "http://jabber.org/protocol/pubsub#node_config"
    /// Form type of publish options (XEP-0060).
    public static let pubsubPublishOptions = "http://jabber.org/protocol/pubsub#publish-options"
    /// Form type of subscribe options (XEP-0060).
    public static let pubsubSubscribeOptions = "http://jabber.org/protocol/pubsub#subscribe_options"
    /// Form type of a node's metadata (XEP-0060).
    public static let pubsubMetaData = "http://jabber.org/protocol/pubsub#meta-data"
    /// Stanza headers (XEP-0131).
    public static let shim = "http://jabber.org/protocol/shim"
    /// PubSub type filtering (XEP-0462).
    public static let pubsubFilter = "urn:xmpp:pubsub-filter:0"
    /// PubSub caching hints (XEP-0460).
    public static let pubsubCaching = "urn:xmpp:pubsub-caching:0"
    /// PubSub account management (XEP-0376).
    public static let accountManagement = "urn:xmpp:pam:0"

    // MARK: Profile and private data

    /// vCard (XEP-0054).
    public static let vcard = "vcard-temp"
    /// vCard-based avatars in presence (XEP-0153).
    public static let vcardUpdate = "vcard-temp:x:update"
    /// vCard4 (XEP-0292).
    public static let vcard4 = "urn:ietf:params:xml:ns:vcard-4.0"
    /// Avatar data (XEP-0084).
    public static let avatarData = "urn:xmpp:avatar:data"
    /// Avatar metadata (XEP-0084).
    public static let avatarMetadata = "urn:xmpp:avatar:metadata"
    /// Feature: avatars of PEP and vCard are kept alike (XEP-0398).
    public static let avatarConversion = "urn:xmpp:pep-vcard-conversion:0"
    /// Private XML storage (XEP-0049).
    public static let privateStorage = "jabber:iq:private"
    /// PEP native bookmarks (XEP-0402).
    public static let bookmarks = "urn:xmpp:bookmarks:1"
    /// Feature: old and new bookmarks are kept alike (XEP-0402).
    public static let bookmarksCompat = "urn:xmpp:bookmarks:1#compat"
    /// Bookmarks, old form (XEP-0048).
    public static let legacyBookmarks = "storage:bookmarks"
    /// Feature: private and PEP bookmarks are kept alike (XEP-0411).
    public static let bookmarksConversion = "urn:xmpp:bookmarks-conversion:0"
    /// Chat notification settings (XEP-0492).
    public static let notificationSettings = "urn:xmpp:notification-settings:1"

    // MARK: Push, clients and trusted entities

    /// Push notifications (XEP-0357).
    public static let push = "urn:xmpp:push:0"
    /// Form type of the summary in a push (XEP-0357).
    public static let pushSummary = "urn:xmpp:push:summary"
    /// Client access management (XEP-0494).
    public static let clientAccess = "urn:xmpp:cam:0"
    /// Namespace delegation (XEP-0355).
    public static let delegation = "urn:xmpp:delegation:2"
    /// Privileged entity (XEP-0356).
    public static let privilege = "urn:xmpp:privilege:2"
}
