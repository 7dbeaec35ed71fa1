// The namespaces of group chat, generation by generation.

extension NS {
    // MARK: Groupchat 1.0 and jabber:iq:conference

    /// What groupchat 1.0 is called where namespaces are listed (XEP-0045, before 2018).
    public static let groupchat = "gc-1.0"
    /// Generic conferencing of 2001, before Multi-User Chat.
    public static let genericConference = "jabber:iq:conference"
    /// Direct invitations to a room (XEP-0249).
    public static let conference = "jabber:x:conference"

    // MARK: Multi-User Chat (XEP-0045)

    /// Entering a room; also the feature of services and rooms (XEP-0045).
    public static let muc = "http://jabber.org/protocol/muc"
    /// What a room tells occupants: items, status codes, invitations (XEP-0045).
    public static let mucUser = "http://jabber.org/protocol/muc#user"
    /// Role and affiliation lists (XEP-0045).
    public static let mucAdmin = "http://jabber.org/protocol/muc#admin"
    /// Configuration and destruction (XEP-0045).
    public static let mucOwner = "http://jabber.org/protocol/muc#owner"
    /// Form type of the room configuration (XEP-0045).
    public static let mucRoomConfig = "http://jabber.org/protocol/muc#roomconfig"
    /// Form type of extended room information (XEP-0045).
    public static let mucRoomInfo = "http://jabber.org/protocol/muc#roominfo"
    /// Form type of registration with a room (XEP-0045).
    public static let mucRegister = "http://jabber.org/protocol/muc#register"
    /// Form type of a request for voice (XEP-0045).
    public static let mucRequest = "http://jabber.org/protocol/muc#request"
    /// Disco node: the rooms in which a user is (XEP-0045).
    public static let mucRooms = "http://jabber.org/protocol/muc#rooms"
    /// Disco node: namespaces a room lets through (XEP-0045).
    public static let mucTraffic = "http://jabber.org/protocol/muc#traffic"
    /// Unique room names (XEP-0307).
    public static let mucUnique = "http://jabber.org/protocol/muc#unique"
    /// Feature: messages are reflected with their id (XEP-0045).
    public static let mucStableID = "http://jabber.org/protocol/muc#stable_id"
    /// Feature: the room answers self-pings (XEP-0410).
    public static let mucSelfPing = "http://jabber.org/protocol/muc#self-ping-optimization"

    // MARK: Room extensions

    /// Occupant identifiers (XEP-0421).
    public static let occupantID = "urn:xmpp:occupant-id:0"
    /// Hats (XEP-0317).
    public static let hats = "urn:xmpp:hats:0"
    /// Hats, the form that clients learnt from Prosody.
    public static let legacyHats = "xmpp:prosody.im/protocol/hats:1"
    /// Extensible status conditions (XEP-0306).
    public static let mucConditions = "urn:xmpp:muc:conditions:1"
    /// MUC presence versioning (XEP-0436).
    public static let mucPresenceVersioning = "urn:xmpp:muc-presence-versioning:0"
    /// MUC affiliations versioning (XEP-0463).
    public static let mucAffiliations = "urn:xmpp:muc:affiliations:1"
    /// MUC activity indicator (XEP-0502).
    public static let mucActivity = "urn:xmpp:muc-activity"
    /// MUC token invitations (XEP-0488).
    public static let mucTokenInvite = "urn:xmpp:muc-token-invite:0"
    /// MUC mention notifications (XEP-0452).
    public static let mucMentions = "urn:xmpp:mmn:0"
    /// Room activity indicators (XEP-0437).
    public static let roomActivity = "urn:xmpp:rai:0"
    /// Reporting account affiliations (XEP-0489).
    public static let accountAffiliations = "urn:xmpp:raa:0"
    /// Channel search (XEP-0433).
    public static let channelSearch = "urn:xmpp:channel-search:0"
    /// Requests and answers of channel search (XEP-0433).
    public static let channelSearchQuery = "urn:xmpp:channel-search:0:search"
    /// Form type of a channel search (XEP-0433).
    public static let channelSearchParameters = "urn:xmpp:channel-search:0:search-params"
    /// Prefix of the orders of a channel search (XEP-0433).
    public static let channelSearchOrder = "urn:xmpp:channel-search:0:order"
    /// Error conditions of channel search (XEP-0433).
    public static let channelSearchErrors = "urn:xmpp:channel-search:0:error"
    /// Server-side spaces (XEP-0503).
    public static let spaces = "urn:xmpp:spaces:0"
    /// Features a room requires or offers (Parlance, after XEP-0007).
    public static let requiredFeatures = "urn:x-parlance:features:0"

    // MARK: Mediated Information eXchange, current

    /// MIX core (XEP-0369).
    public static let mixCore = "urn:xmpp:mix:core:1"
    /// Feature: channels can be searched (XEP-0369).
    public static let mixSearchable = "urn:xmpp:mix:core:1#searchable"
    /// Feature: users may create channels (XEP-0369).
    public static let mixCreateChannel = "urn:xmpp:mix:core:1#create-channel"
    /// MIX presence (XEP-0403).
    public static let mixPresence = "urn:xmpp:mix:presence:0"
    /// The same as it was called up to XEP-0403 0.3.1; QXmpp reads it.
    public static let mixFormerPresence = "urn:xmpp:presence:0"
    /// JID-hidden channels (XEP-0404).
    public static let mixAnonymous = "urn:xmpp:mix:anon:0"
    /// MIX for a participant's server (XEP-0405).
    public static let mixPAM = "urn:xmpp:mix:pam:2"
    /// Feature: the account archives its channels (XEP-0405).
    public static let mixPAMArchive = "urn:xmpp:mix:pam:2#archive"
    /// Channels in the roster (XEP-0405).
    public static let mixRoster = "urn:xmpp:mix:roster:0"
    /// MIX administration (XEP-0406).
    public static let mixAdmin = "urn:xmpp:mix:admin:0"
    /// MIX invitations, nicks, preferences (XEP-0407).
    public static let mixMisc = "urn:xmpp:mix:misc:0"
    /// Feature: nicks can be registered (XEP-0407).
    public static let mixNickRegister = "urn:xmpp:mix:misc:0#nick-register"
    /// Form type: this room is also a channel (XEP-0408).
    public static let mixMirrorOfMUC = "urn:xmpp:mix:muc:0#mix-mirror"
    /// Form type: this channel is also a room (XEP-0408).
    public static let mucMirrorOfMIX = "urn:xmpp:mix:muc:0#muc-mirror"

    // MARK: Mediated Information eXchange, drafts

    /// MIX of the drafts 0.0.1 to 0.2.1 (XEP-0369 before 2017).
    public static let mix0 = "urn:xmpp:mix:0"
    /// Form type of service information in the drafts (XEP-0369 0.2.1).
    public static let mix0ServiceInfo = "urn:xmpp:mix:0#serviceinfo"
    /// Feature: users may create channels, drafts (XEP-0369 0.2.1).
    public static let mix0CreateChannel = "urn:xmpp:mix:0#create-channel"
    /// Feature: nicks can be registered, drafts (XEP-0369 0.2.1).
    public static let mix0NickRegister = "urn:xmpp:mix:0#nick-register"
    /// MIX core between the drafts and the current form (XEP-0369 0.9).
    public static let mixCore0 = "urn:xmpp:mix:core:0"

    // MARK: Nodes of a MIX channel (XEP-0369)

    /// Messages.
    public static let mixNodeMessages = "urn:xmpp:mix:nodes:messages"
    /// Presence (XEP-0403).
    public static let mixNodePresence = "urn:xmpp:mix:nodes:presence"
    /// Participants.
    public static let mixNodeParticipants = "urn:xmpp:mix:nodes:participants"
    /// Information about the channel.
    public static let mixNodeInfo = "urn:xmpp:mix:nodes:info"
    /// Configuration (XEP-0406).
    public static let mixNodeConfig = "urn:xmpp:mix:nodes:config"
    /// Who may participate (XEP-0406).
    public static let mixNodeAllowed = "urn:xmpp:mix:nodes:allowed"
    /// Who may not participate (XEP-0406).
    public static let mixNodeBanned = "urn:xmpp:mix:nodes:banned"
    /// Real addresses (XEP-0404).
    public static let mixNodeJIDMap = "urn:xmpp:mix:nodes:jidmap"
    /// Access control, drafts (XEP-0369 0.2.1).
    public static let mixNodeACL = "urn:xmpp:mix:nodes:acl"
    /// Private conversations, drafts (XEP-0369 0.2.1).
    public static let mixNodeConversations = "urn:xmpp:mix:nodes:conversations"
    /// The MUC mirror of a channel, drafts (XEP-0369 0.2.1).
    public static let mixNodeMUCMirror = "urn:xmpp:mix:nodes:muc_mirror"

    // MARK: Rooms spread over services

    /// Distributed MUC (XEP-0281).
    public static let dmuc = "urn:xmpp:dmuc:0"
    /// Distributed MUC, second design (XEP-0282).
    public static let dmuc2 = "urn:xmpp:tmp:dmuc:0"
    /// Federated MUC for constrained environments (XEP-0289).
    public static let fmuc = "http://isode.com/protocol/fmuc"
    /// Replication between Parlance services.
    public static let replication = "urn:x-parlance:repl:0"
}
