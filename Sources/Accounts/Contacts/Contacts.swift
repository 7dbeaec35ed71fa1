// The people an account knows: its roster, and the requests that wait for an answer.

import OrderedCollections
import Storage
import XMPP

/// The roster of one account and the requests to subscribe that it has not answered (RFC 6121 §2, §3).
///
/// A contact that has asked and is not on the roster stands among the requests alone: that is the state "None + Pending
/// In" which RFC 6121 §2.1.2.5 does not show to clients.
struct Contacts: Sendable {
    /// Rises by one with every change of the roster (RFC 6121 §2.6); 0 before the first.
    private(set) var version: Int64
    /// Sets the versions of an account apart from those of a former one of its name.
    private let epoch: Int64
    let limits: StorageLimits
    private var records: OrderedDictionary<JID, RosterRecord> = [:]
    /// The channels among the entries (XEP-0405 §2.9).
    private(set) var memberships: OrderedDictionary<JID, Channel> = [:]
    private var waiting: OrderedDictionary<JID, SubscriptionRequest> = [:]

    /// - Parameter epoch: when the account was made, milliseconds since 1970.
    init(roster: Roster, requests: [SubscriptionRequest], epoch: Int64 = 0, limits: StorageLimits = .default) {
        version = roster.version
        self.epoch = epoch
        self.limits = limits
        for record in roster.items {
            guard let jid = try? JID(record.jid) else { continue }
            records[jid] = record
            if let channel = record.channel { memberships[jid] = Channel(stored: channel) }
        }
        for request in requests {
            if let jid = try? JID(request.from) { waiting[jid] = request }
        }
    }

    // MARK: Reading

    /// The entries, in an order that stays.
    var items: some Sequence<RosterRecord> { records.values }

    var count: Int { records.count }

    /// The requests that wait for an answer, by who asks, in an order that stays.
    var requests: some Sequence<(key: JID, value: SubscriptionRequest)> { waiting }

    /// What stands on the roster for a bare JID.
    subscript(_ contact: JID) -> RosterRecord? { records[contact] }

    /// The version as clients are told it (RFC 6121 §2.6.1): equal only if nothing has changed.
    var token: String { "\(String(epoch, radix: 36))-\(version)" }

    /// Between the account and a bare JID.
    func subscription(_ contact: JID) -> Subscription {
        var state = records[contact]?.state ?? Subscription()
        if waiting[contact] != nil, state.inward == .none { state.inward = .pending }
        return state
    }

    /// Whether this bare JID may see the account's presence.
    func isSubscriber(_ contact: JID) -> Bool { records[contact]?.state.inward == .granted }

    /// The people who may see the account's presence; what channels see is arranged for each resource.
    var subscribers: [JID] { people { $0.inward == .granted } }

    /// The people whose presence the account may see; that of channels has no probe.
    var watched: [JID] { people { $0.outward == .granted } }

    private func people(_ isMeant: (Subscription) -> Bool) -> [JID] {
        records.compactMap { isMeant($0.value.state) && memberships[$0.key] == nil ? $0.key : nil }
    }

    /// Those who have been asked and have not answered.
    var asked: [JID] { records.compactMap { $0.value.ask ? $0.key : nil } }

    // MARK: What the account does

    /// The account says something about a subscription (RFC 6121 App. A.2).
    ///
    /// - Throws: `.limit`; nothing is changed then.
    mutating func sending(_ verb: Subscription.Verb, to contact: JID) throws(StorageFault) -> Outcome {
        var state = subscription(contact)
        var approval: Bool?
        var outcome = Outcome()
        switch (verb, state.inward) {
        case (.subscribe, _):
            outcome.passes = true
            if state.outward == .none { state.outward = .pending }
        case (.unsubscribe, _):
            outcome.passes = true
            state.outward = .none
        case (.subscribed, .pending):
            outcome.passes = true
            outcome.shows = .available
            state.inward = .granted
        case (.subscribed, .none): approval = true  // before the request came (RFC 6121 §3.4)
        case (.subscribed, .granted): break
        case (.unsubscribed, let inward):
            outcome.passes = inward != .none
            if inward == .granted { outcome.shows = .unavailable }
            state.inward = .none
            approval = false
        }
        try take(state, isApproved: approval, of: contact, &outcome)
        return outcome
    }

    /// The account names a contact and puts it into groups (RFC 6121 §2.3).
    ///
    /// - Throws: `.limit`; nothing is changed then.
    mutating func set(_ contact: JID, name: String?, groups: [String]) throws(StorageFault) -> Outcome {
        var outcome = Outcome()
        var record = records[contact] ?? RosterRecord(jid: contact.description)
        record.name = name
        record.groups = groups
        try put(record, for: contact, &outcome)
        return outcome
    }

    /// The account strikes a contact off its roster, and with it every subscription (RFC 6121 §2.5).
    ///
    /// - Returns: nil if it is not on the roster.
    mutating func remove(_ contact: JID) -> Outcome? {
        guard records[contact] != nil else { return nil }
        let state = subscription(contact)
        var outcome = Outcome()
        if state.outward != .none { outcome.answers.append(.unsubscribe) }
        if state.inward != .none { outcome.answers.append(.unsubscribed) }
        if state.inward == .granted { outcome.shows = .unavailable }
        strike(contact, &outcome)
        return outcome
    }

    /// Takes an entry off, and whatever request waits with it.
    mutating func strike(_ contact: JID, _ outcome: inout Outcome) {
        records[contact] = nil
        memberships[contact] = nil
        version += 1
        outcome.push = .removal(contact)
        outcome.writes.append(.rosterRemoval(contact.description))
        forgetRequest(of: contact, &outcome)
    }

    // MARK: What a contact does

    /// A contact says something about a subscription (RFC 6121 App. A.3).
    ///
    /// - Parameter stanza: the whole stanza, which is kept if it is a request that waits.
    /// - Throws: `.limit`; nothing is changed then.
    mutating func receiving(
        _ verb: Subscription.Verb, from contact: JID, _ stanza: @autoclosure () -> [UInt8]
    ) throws(StorageFault) -> Outcome {
        var state = subscription(contact)
        var outcome = Outcome()
        switch verb {
        case .subscribe:
            if state.inward == .pending { return outcome }
            guard state.inward == .granted || records[contact]?.approved == true else {
                guard waiting.count < limits.subscriptionRequests else { throw .limit("subscriptionRequests") }
                let request = SubscriptionRequest(from: contact.description, stanza: stanza())
                waiting[contact] = request
                outcome.writes.append(.request(request))
                outcome.passes = true
                return outcome
            }
            // whoever asks for what it has does not know that it has it, and perhaps misses the presence too
            outcome.answers = [.subscribed]
            outcome.shows = .available
            state.inward = .granted
        case .unsubscribe:
            outcome.passes = state.inward != .none
            if state.inward == .granted { outcome.shows = .unavailable }
            state.inward = .none
        case .subscribed:
            guard state.outward == .pending else { return outcome }
            outcome.passes = true
            state.outward = .granted
        case .unsubscribed:
            outcome.passes = state.outward != .none
            state.outward = .none
        }
        try take(state, of: contact, &outcome)
        return outcome
    }

    // MARK: Changing

    /// Takes up a state: on the roster what stands there, and no request that waits unless the state says so.
    ///
    /// - Parameter channel: what the account knows of the channel that the contact is; nil: as before.
    mutating func take(
        _ state: Subscription, isApproved: Bool? = nil, channel: Channel? = nil, of contact: JID,
        _ outcome: inout Outcome
    ) throws(StorageFault) {
        let before = records[contact] ?? RosterRecord(jid: contact.description)
        var record = before
        record.state = state
        record.approved = isApproved ?? before.approved
        record.channel = channel?.stored ?? before.channel
        if record != before { try put(record, for: contact, &outcome) }
        if state.inward != .pending { forgetRequest(of: contact, &outcome) }
    }

    private mutating func put(
        _ record: RosterRecord, for contact: JID, _ outcome: inout Outcome
    ) throws(StorageFault) {
        guard records[contact] != nil || records.count < limits.rosterItems else { throw .limit("rosterItems") }
        records[contact] = record
        memberships[contact] = record.channel.flatMap(Channel.init(stored:))
        version += 1
        outcome.writes.append(.roster(record))
        outcome.push = .item(record)
    }

    private mutating func forgetRequest(of contact: JID, _ outcome: inout Outcome) {
        guard waiting.removeValue(forKey: contact) != nil else { return }
        outcome.writes.append(.requestRemoval(contact.description))
    }
}
