// The roster as a value: entries, requests, approval ahead of the request, and limits.

import Storage
import Testing
import XMPP

@testable import Accounts

@Suite struct ContactsTests {
    private let juliet: JID
    private let nurse: JID

    init() throws {
        juliet = try JID("juliet@example.com")
        nurse = try JID("nurse@example.com")
    }

    private func empty(_ change: (inout StorageLimits) -> Void = { _ in }) -> Contacts {
        var limits = StorageLimits()
        change(&limits)
        return Contacts(roster: Roster(version: 0, items: []), requests: [], limits: limits)
    }

    /// IM-121: who has only asked is not on the roster; who is asked is.
    @Test func entriesOfSubscriptions() throws {
        var contacts = empty()
        let got = try contacts.receiving(.subscribe, from: juliet, [1, 2])
        #expect(got.writes == [.request(SubscriptionRequest(from: "juliet@example.com", stanza: [1, 2]))])
        #expect(got.push == nil)
        #expect(Array(contacts.items).isEmpty)
        let sent = try contacts.sending(.subscribe, to: nurse)
        #expect(sent.push == .item(RosterRecord(jid: "nurse@example.com", ask: true)))
        #expect(contacts.items.map(\.jid) == ["nurse@example.com"])
        let granted = try contacts.sending(.subscribed, to: juliet)
        #expect(
            granted.writes == [
                .roster(RosterRecord(jid: "juliet@example.com", subscription: 2)),
                .requestRemoval("juliet@example.com"),
            ])
    }

    /// A refusal leaves nothing behind.
    @Test func refusal() throws {
        var contacts = empty()
        _ = try contacts.receiving(.subscribe, from: juliet, [1])
        let outcome = try contacts.sending(.unsubscribed, to: juliet)
        #expect(outcome == Contacts.Outcome(writes: [.requestRemoval("juliet@example.com")], passes: true))
        #expect(Array(contacts.items).isEmpty)
    }

    /// IM-132: a second request while one waits is not told and not stored.
    @Test func oneRequestWaits() throws {
        var contacts = empty()
        _ = try contacts.receiving(.subscribe, from: juliet, [1])
        #expect(try contacts.receiving(.subscribe, from: juliet, [2]) == Contacts.Outcome())
        #expect(contacts.requests.map(\.value.stanza) == [[1]])
    }

    /// IM-136: a grant before the request.
    @Test func approvalAhead() throws {
        var contacts = empty()
        let approved = try contacts.sending(.subscribed, to: juliet)
        #expect(approved.push == .item(RosterRecord(jid: "juliet@example.com", approved: true)))
        #expect(!approved.passes)
        #expect(try contacts.sending(.subscribed, to: juliet) == Contacts.Outcome())
        let asked = try contacts.receiving(.subscribe, from: juliet, [1])
        #expect(asked.answers == [.subscribed])
        #expect(asked.shows == .available)
        #expect(!asked.passes)
        #expect(asked.push == .item(RosterRecord(jid: "juliet@example.com", subscription: 2, approved: true)))
        #expect(contacts.isSubscriber(juliet))
    }

    /// IM-136: taken back before anybody asked, or with the subscription; in one change.
    @Test(arguments: [false, true])
    func approvalTakenBack(isUsed: Bool) throws {
        var contacts = empty()
        _ = try contacts.sending(.subscribed, to: juliet)
        if isUsed { _ = try contacts.receiving(.subscribe, from: juliet, [1]) }
        let before = contacts.version
        let outcome = try contacts.sending(.unsubscribed, to: juliet)
        #expect(outcome.passes == isUsed)
        #expect(outcome.push == .item(RosterRecord(jid: "juliet@example.com")))
        #expect(contacts.version == before + 1)
        #expect(try contacts.receiving(.subscribe, from: juliet, [1]).passes)
    }

    /// IM-122: name and groups change, the subscription does not.
    @Test func naming() throws {
        var contacts = empty()
        _ = try contacts.sending(.subscribe, to: juliet)
        let outcome = try contacts.set(juliet, name: "Juliet", groups: ["Friends"])
        let record = RosterRecord(jid: "juliet@example.com", name: "Juliet", ask: true, groups: ["Friends"])
        #expect(outcome == Contacts.Outcome(writes: [.roster(record)], push: .item(record)))
        #expect(contacts.version == 2)
    }

    /// IM-124: each direction that is there is ended.
    @Test func removing() throws {
        for row in SubscriptionMatrixTests.matrix {
            let state = row.state.subscription
            var record = RosterRecord(jid: "juliet@example.com")
            record.state = state
            let request = SubscriptionRequest(from: "juliet@example.com", stanza: [1])
            let isAsked = state.inward == .pending
            var contacts = Contacts(roster: Roster(version: 3, items: [record]), requests: isAsked ? [request] : [])
            let removed = contacts.remove(juliet)
            let outcome = try #require(removed)
            #expect(outcome.push == .removal(juliet))
            #expect(outcome.answers.contains(.unsubscribe) == (state.outward != .none), "\(row)")
            #expect(outcome.answers.contains(.unsubscribed) == (state.inward != .none), "\(row)")
            #expect(outcome.shows == (state.inward == .granted ? .unavailable : nil), "\(row)")
            #expect(outcome.writes.count == (isAsked ? 2 : 1))
            #expect(contacts.subscription(juliet) == Subscription())
            #expect(contacts.version == 4)
            let again = contacts.remove(juliet)
            #expect(again == nil)
        }
    }

    @Test func whoIsAskedAndWhoIsTold() throws {
        var contacts = empty()
        _ = try contacts.sending(.subscribe, to: juliet)
        #expect(contacts.watched == [])
        _ = try contacts.receiving(.subscribed, from: juliet, [])
        #expect(contacts.watched == [juliet])
        #expect(contacts.subscribers == [])
    }

    /// IM-127: past a limit nothing changes.
    @Test func limits() throws {
        var contacts = empty { $0.rosterItems = 1 }
        _ = try contacts.set(juliet, name: nil, groups: [])
        for verb in [Subscription.Verb.subscribe, .subscribed] {
            #expect(throws: StorageFault.limit("rosterItems")) { try contacts.sending(verb, to: nurse) }
        }
        #expect(throws: StorageFault.limit("rosterItems")) { try contacts.set(nurse, name: nil, groups: []) }
        #expect(contacts.version == 1)
        var asked = empty { $0.subscriptionRequests = 1 }
        _ = try asked.receiving(.subscribe, from: juliet, [1])
        #expect(throws: StorageFault.limit("subscriptionRequests")) {
            try asked.receiving(.subscribe, from: nurse, [1])
        }
        #expect(asked.requests.map(\.value.from) == ["juliet@example.com"])
    }

    /// IM-126: the same version means the same roster, also where an account of the same name was there before.
    @Test func versions() throws {
        var contacts = empty()
        let first = contacts.token
        _ = try contacts.set(juliet, name: nil, groups: [])
        #expect(contacts.token != first)
        let later = Contacts(roster: Roster(version: 0, items: []), requests: [], epoch: 1_791_849_517_000)
        #expect(later.token != first)
    }
}
