// Every named limit as a configuration key: where it stands, what it may be, what it bounds.

import Accounts
import Host
import Network
import Rooms
import Storage
import Streams
import XML
import XMPP

/// The keys under `limits`: one table for each part of the server.
enum LimitKeys {
    static let all = ConfigurationSection<ServerConfiguration.Limits>([
        .value(
            "rate", \.rate, .choice, "Whether clients that flood rooms are slowed down."),
        .section("room", \.room, room),
        .section("host", \.host, host),
        .section("account", \.account, account),
        .section("stream", \.stream, stream),
        .section("xml", \.xml, xml),
        .section("network", \.network, network),
        .section("storage", \.storage, storage),
    ])

    private static let many = 1...1_000_000_000
    /// For what makes no sense below some bytes.
    private static let bytes = 64...1_073_741_824
    private static let seconds = 1...31_536_000

    static let room = ConfigurationSection<RoomLimits>([
        .value("nick_characters", \.nickCharacters, .number(1...1_023), "Characters of a nick."),
        .value("seats_per_participant", \.seatsPerParticipant, .number(1...1_000), "Clients one person has in a room."),
        .value("occupants", \.occupants, .number(many), "People in one room, whatever its own setting says."),
        .value("occupant_reserve", \.occupantReserve, .number(0...1_000), "Places beyond it for owners and admins."),
        .value("affiliations", \.affiliations, .number(many), "Entries of a room's affiliation list."),
        .value("changes_per_request", \.changesPerRequest, .number(many), "Items of one administration request."),
        .value("message_bytes", \.messageBytes, .number(bytes), "Bytes of what a message carries."),
        .value("presence_bytes", \.presenceBytes, .number(bytes), "Bytes of what a presence carries."),
        .value("subject_bytes", \.subjectBytes, .number(bytes), "Bytes of a subject in all its languages."),
        .value("reason_bytes", \.reasonBytes, .number(bytes), "Bytes of a reason given for an act."),
        .value("tail_events", \.tailEvents, .number(0...10_000), "Messages a loaded room has at hand for newcomers."),
        .value("tail_bytes", \.tailBytes, .number(0...1_073_741_824), "Bytes of those messages."),
        .value(
            "history_messages", \.historyMessages, .number(0...10_000),
            "Most messages of history a newcomer gets: a ceiling over the room's own setting, which is "
                + "\(Settings().historyMessages) where its owner has not changed it."),
        .value("invitees_per_request", \.inviteesPerRequest, .number(1...10_000), "Invitees of one invitation."),
        .value("locked_seconds", \.lockedSeconds, .number(seconds), "How long a new room waits to be configured."),
        .value("empty_seconds", \.emptySeconds, .number(seconds), "How long a temporary room waits after a restart."),
        .value("acquaintances", \.acquaintances, .number(0...1_000_000), "Addresses whose last dialect is remembered."),
        .value("pending_invitations", \.pendingInvitations, .number(0...1_000_000), "Invitations remembered."),
        .value("invitation_days", \.invitationDays, .number(1...3_650), "Days for which they are."),
        .value("voice_request_seconds", \.voiceRequestSeconds, .number(seconds), "Until voice may be asked for again."),
        .value("voice_requests", \.voiceRequests, .number(1...1_000_000), "Requests for voice remembered."),
        .value("applications", \.applications, .number(1...1_000_000), "Registrations that wait for an admin."),
        .value("application_days", \.applicationDays, .number(1...3_650), "Days for which they do."),
        .value("voices", \.voices, .number(1...1_000_000), "People whose voice is remembered between visits."),
        .value("letters", \.letters, .number(1...1_000_000), "Private messages whose senders are remembered."),
        .value("members", \.members, .number(many), "People who joined a channel, present or not."),
        .value("clients_elsewhere", \.clientsElsewhere, .number(1...1_000), "Clients told of one account elsewhere."),
        .value("onlookers", \.onlookers, .number(0...1_000_000), "Clients shown in a channel of people not in it."),
        .value("node_item_bytes", \.nodeItemBytes, .number(bytes), "Bytes of an item in a node of a channel's own."),
        .value("node_items", \.nodeItems, .number(1...1_000), "Items such a node keeps."),
        .value("own_nodes", \.ownNodes, .number(0...16), "Nodes a channel may have besides those documents define."),
        .value("node_name_bytes", \.nodeNameBytes, .number(1...1_023), "Bytes of the name of such a node."),
        .value("tombstone_days", \.tombstoneDays, .number(0...3_650), "Days a destroyed room keeps its name."),
        .value("archive_page", \.archive.page, .number(1...1_000), "Messages of an archive's page of no named size."),
        .value("archive_largest_page", \.archive.largestPage, .number(1...1_000), "Most messages of such a page."),
        .value("archive_page_bytes", \.archive.pageBytes, .number(bytes), "Bytes after which such a page ends."),
        .value("archive_ids", \.archive.ids, .number(1...1_000), "Messages one query names by id."),
        .value("archive_searched", \.archive.searched, .number(many), "Messages looked at for those of one author."),
        .value("archive_open_queries", \.archive.openQueries, .number(1...1_000), "Queries of one account at a time."),
    ])

    static let host = ConfigurationSection<HostLimits>([
        .value("room_mailbox", \.roomMailbox, .number(many), "Stanzas that wait for one room."),
        .value("room_batch", \.roomBatch, .number(many), "Stanzas a room takes at once."),
        .value("unanswered_changes", \.unansweredChanges, .number(many), "Stanzas of a client in work at a time."),
        .value("open_relays_per_seat", \.openRelaysPerSeat, .number(many), "IQs a client has open through rooms."),
        .value("relay_seconds", \.relaySeconds, .number(seconds), "How long such an IQ may take."),
        .value("events_per_snapshot", \.eventsPerSnapshot, .number(many), "Events until a room is written whole."),
        .value("awaited_ends", \.awaitedEnds, .number(0...10_000_000), "Rooms not in memory whose end is waited for."),
        .value("directory_page", \.directoryPage, .number(1...1_000), "Rooms on one page of the directory."),
        .value("history_pages", \.historyPages, .number(0...10_000), "Pages looked through for history with a room."),
        .value("notes_recalled", \.notesRecalled, .number(0...100_000), "Comings and goings read with a room."),
        .value("note_days", \.noteDays, .number(1...3_650), "Days for which comings and goings are kept."),
        .value("shutdown_seconds", \.shutdownSeconds, .number(1...3_600), "How long a stop may take to tell."),
        .value("retry_seconds", \.retrySeconds, .number(seconds), "Until a failed write is tried again."),
        .value(
            "room_messages_per_minute", \.roomMessagesPerMinute, .number(many), "Messages of one account to a room."),
        .value("room_presences_per_minute", \.roomPresencesPerMinute, .number(many), "Presences of one to a room."),
        .value("room_requests_per_minute", \.roomRequestsPerMinute, .number(many), "Requests of one to a room."),
        .value("flood_refusals", \.floodRefusals, .number(many), "Refusals until who floods a room is put out."),
        .value("paced_accounts", \.pacedAccounts, .number(many), "Accounts of which a room knows how fast they are."),
        .value("shelved_presences", \.shelvedPresences, .number(many), "Presences a room keeps rendered."),
    ])

    static let account = ConfigurationSection<AccountLimits>([
        .value("resources_per_account", \.resourcesPerAccount, .number(1...10_000), "Clients of one account."),
        .value("directed_presences", \.directedPresences, .number(many), "Addresses a client sends presence to."),
        .value("negotiation_seconds", \.negotiationSeconds, .number(seconds), "How long logging in may take."),
        .value("keepalive_seconds", \.keepaliveSeconds, .number(seconds), "Silence until the server sends a space."),
        .value("silence_seconds", \.silenceSeconds, .number(seconds), "Silence after which a client is pinged."),
        .value("sweep_seconds", \.sweepSeconds, .number(seconds), "Between two looks at all connections."),
        .value("password_bytes", \.passwordBytes, .number(1...65_536), "Bytes of a password."),
        .value("groups_per_contact", \.groupsPerContact, .number(1...10_000), "Groups of one contact on a roster."),
        .value("roster_name_bytes", \.rosterNameBytes, .number(1...65_536), "Bytes of a contact's or a group's name."),
        .value("registrations_per_connection", \.registrationsPerConnection, .number(0...1_000), "Accounts one makes."),
        .value(
            "resumption_seconds", \.resumptionSeconds, .number(0...86_400),
            "How long a session waits for a client that lost its connection; 0: none does."),
        .value("hibernation_stanzas", \.hibernationStanzas, .number(many), "Stanzas collected for such a client."),
        .value("hibernation_bytes", \.hibernationBytes, .number(bytes), "Bytes of those."),
        .value(
            "unacknowledged_stanzas", \.unacknowledgedStanzas, .number(many),
            "Stanzas that a connected client may leave unacknowledged."),
        .value("unacknowledged_bytes", \.unacknowledgedBytes, .number(bytes), "Bytes of those."),
        .value(
            "acknowledgement_seconds", \.acknowledgementSeconds, .number(1...60),
            "How long the answer to a request for acknowledgement waits for stanzas in work."),
        .value("ended_sessions", \.endedSessions, .number(0...1_000_000), "Sessions remembered after their end."),
        .value("copied_messages", \.copiedMessages, .number(0...10_000), "Messages whose errors are copied too."),
        .value("account_mailbox", \.accountMailbox, .number(many), "Stanzas that wait while an account is read."),
        .value(
            "listeners_per_account", \.listenersPerAccount, .number(0...1_000_000),
            "Clients that may hear of PEP nodes."),
        .value(
            "capabilities_remembered", \.capabilitiesRemembered, .number(0...1_000_000),
            "Kinds of clients remembered by each loop."),
        .value("channel_requests", \.channelRequests, .number(1...10_000), "Requests to channels an account has open."),
        .value("clients_per_channel", \.clientsPerChannel, .number(0...1_000), "Clients of drafts of MIX remembered."),
        .value("channels_per_client", \.channelsPerClient, .number(many), "Channels a client speaks to unjoined."),
        .value("waiting_ventures", \.waitingVentures, .number(many), "Words to channels an account is to learn of."),
        .value("channels_per_query", \.channelsPerQuery, .number(1...10_000), "Channels one archive query looks at."),
        .value("slot_bytes", \.slotBytes, .number(bytes), "Bytes of a vCard, or of one element of private XML."),
        .value("batch_posts", \.batchPosts, .number(many), "Stanzas that an account takes up and stores at once."),
    ])

    static let stream = ConfigurationSection<StreamLimits>([
        .value(
            "bytes_before_authentication", \.bytesBeforeAuthentication, .number(bytes), "Bytes before a login."),
        .value("bytes_while_waiting", \.bytesWhileWaiting, .number(bytes), "Bytes of a client waiting for an answer."),
        .value("sasl_message_bytes", \.saslMessageBytes, .number(bytes), "Bytes of one SASL message."),
        .value("failed_logins", \.failedLogins, .number(1...100), "Failed logins, the last of which ends the stream."),
        .value("refused_bindings", \.refusedBindings, .number(1...100), "Refused resources, likewise."),
    ])

    static let xml = ConfigurationSection<XMLLimits>([
        .value("stanza_bytes", \.stanzaBytes, .number(10_000...1_073_741_824), "Bytes of one stanza."),
        .value("header_bytes", \.headerBytes, .number(512...1_048_576), "Bytes of a stream header."),
        .value("depth", \.depth, .number(8...10_000), "Elements within one another."),
        .value("attributes_per_element", \.attributesPerElement, .number(8...10_000), "Attributes of one element."),
        .value("attribute_bytes", \.attributeBytes, .number(3_071...1_073_741_824), "Bytes of one attribute."),
        .value("children_per_element", \.childrenPerElement, .number(8...10_000_000), "Elements directly in one."),
    ])

    static let network = ConfigurationSection<NetworkLimits>([
        .value("backlog", \.backlogLength, .number(1...65_535), "Connections of one listener waiting to be accepted."),
        .value("outbound_bytes", \.outboundBytes, .number(65_536...1_073_741_824), "Bytes waiting for one client."),
        .value(
            "outbound_high_water", \.outboundHighWater, .number(1_024...1_073_741_824),
            "Bytes above which it has to make progress."),
        .value("stuck_seconds", \.stuckTime, .number(1...3_600), "How long it may make none."),
        .value(
            "certificate_seconds", \.certificateSeconds, .number(seconds),
            "Between two looks whether the certificate was renewed."),
        .value("linger_seconds", \.lingerTime, .number(0...60), "How long a client may take to close its side."),
    ])

    static let storage = ConfigurationSection<StorageLimits>([
        .value("group_rows", \.groupRows, .number(1...1_000_000), "Rows of one transaction."),
        .value("queued_rows", \.queuedRows, .number(1_024...100_000_000), "Rows waiting to be written."),
        .value("waiting_reads", \.waitingReads, .number(16...1_000_000), "Reads waiting for a reader."),
        .value("readers", \.readers, .number(1...64), "Reads that run at a time."),
        .value("page_rows", \.pageRows, .number(10...100_000), "Rows of one page."),
        .value("roster_items", \.rosterItems, .number(0...1_000_000), "Entries of one roster."),
        .value("subscription_requests", \.subscriptionRequests, .number(0...1_000_000), "Requests that wait for one."),
        .value("offline_messages", \.offlineMessages, .number(0...1_000_000), "Messages that wait for one account."),
        .value("slots", \.slots, .number(0...100_000), "Small things an account keeps (vCard …)."),
        .value("blocked_addresses", \.blockedAddresses, .number(0...1_000_000), "Addresses one account blocks."),
        .value("channel_stays", \.channelStays, .number(0...1_000_000), "Stays in channels one account remembers."),
        .value("nodes", \.nodes, .number(0...100_000), "PEP nodes of one account."),
        .value("items_per_node", \.itemsPerNode, .number(1...100_000), "Items a PEP node keeps."),
        .value("items_bytes", \.itemsBytes, .number(bytes), "Bytes of PEP items in one answer."),
        .value("item_bytes", \.itemBytes, .number(bytes), "Bytes of one PEP item."),
    ])
}

extension NetworkLimits {
    /// The limits that the sockets count in numbers of another width.
    fileprivate var backlogLength: Int {
        get { Int(backlog) }
        set { backlog = Int32(clamping: newValue) }
    }

    fileprivate var stuckTime: Int {
        get { Int(stuckSeconds) }
        set { stuckSeconds = Int64(newValue) }
    }

    fileprivate var lingerTime: Int {
        get { Int(lingerSeconds) }
        set { lingerSeconds = Int64(newValue) }
    }
}
