// What of an account is in memory: everything that a failed commit takes back.

import DialectKit
import Host
import Rooms
import Storage
import XMPP

/// One account as its loop knows it, read with the account and changed batch by batch.
struct AccountState {
    /// The roster, and the requests that wait for an answer.
    var contacts: Contacts
    /// The addresses of which it wants to hear nothing.
    var blocklist: Blocklist
    var archive = AccountArchive()
    var waiting = WaitingMessages()
    var copied = CopiedMessages()
    /// The nodes of personal eventing, and who is online to hear of them.
    var nodes = PEPNodes()
    var audience = PEPAudience()
    /// When it was in which channel of this server.
    var stays = ChannelStays()
    /// What it has asked of channels.
    var requests = ChannelRequests()
    /// Under which names something is kept, of the account's slots.
    var slots: Set<String> = []
    /// The resources that are connected, in the order they came.
    var resources: [Resource] = []

    /// - Parameter limits: those of the store, which the state keeps so that no batch fails because of them.
    init(_ stored: StoredAccount, of owner: JID, _ limits: StorageLimits) {
        contacts = Contacts(
            roster: stored.roster, requests: stored.requests, epoch: stored.record.created, limits: limits)
        blocklist = Blocklist(of: owner, Set(stored.blocked.compactMap { try? JID($0) }))
        archive = AccountArchive(
            head: stored.archiveHead, time: stored.archiveTime, groupchat: stored.archivedGroupchat,
            secret: stored.secret)
        stays = ChannelStays(stored.stays)
        waiting.count = stored.offlineCount
        nodes = PEPNodes(stored.nodes)
        slots = Set(stored.slots)
    }

    /// The state of an account that is not there, or not read yet.
    init(of owner: JID) {
        contacts = Contacts(roster: Roster(version: 0, items: []), requests: [])
        blocklist = Blocklist(of: owner)
    }

    subscript(_ full: JID) -> Resource? {
        get { resources.first { $0.jid == full } }
        set {
            let index = resources.firstIndex { $0.jid == full }
            switch (index, newValue) {
            case (let index?, let resource?): resources[index] = resource
            case (let index?, nil):
                resources.remove(at: index)
                audience.forget(full)
            case (nil, let resource?): resources.append(resource)
            case (nil, nil): break
            }
        }
    }
}

/// One connected resource of an account.
struct Resource {
    let jid: JID
    let hole: AddressHole
    let port: Port
    /// Its last undirected available presence; nil: connected, not available.
    var presence: Stanza?
    /// RFC 6121 §4.7.2.3.
    var priority = 0
    /// What it shows to somebody in particular, by whom (RFC 6121 §4.6); addresses of rooms are not among them.
    var directed: [JID: Stanza] = [:]
    /// It asked for the roster, and hears of its changes (RFC 6121 §2.1.6).
    var isInterested = false
    /// It wants copies of messages (XEP-0280 §4).
    var hasCarbons = false
    /// It asked for the block list, and hears of its changes (XEP-0191 §3.2).
    var hearsOfBlocks = false
    /// It wants to be told which entries of the roster are channels (XEP-0405 §2.10).
    var wantsAnnotations = false
    /// What is known of its client.
    var client = ClientKnowledge.silent
    /// What it has spoken of MIX in this session, whatever its features say.
    var tongue: DialectID?
    /// The channels to which it has spoken since it last went unavailable.
    var spokenTo: Set<JID> = []
    /// The channels of which it hears.
    var channels: [JID: Attendance] = [:]

    init(_ jid: JID, at port: Port) {
        self.jid = jid
        hole = AddressHole(jid)
        self.port = port
    }

    var isAvailable: Bool { presence != nil }

    /// Messages for the account go to it: it is available, and not of negative priority (RFC 6121 §8.5.2.1).
    var isReady: Bool { isAvailable && priority >= 0 }
}
