// Who sees whose presence, between an account and one contact (RFC 6121 App. A).

import Storage

/// The state of a subscription in both directions. Three by three makes the nine states of RFC 6121 App. A.1.
struct Subscription: Sendable, Hashable {
    /// One direction: nothing, a request that waits for its answer, or a grant.
    enum Side: Sendable, Hashable, CaseIterable { case none, pending, granted }

    /// What the account may see of the contact.
    var outward = Side.none
    /// What the contact may see of the account.
    var inward = Side.none

    /// A stanza about a subscription.
    enum Verb: String, Sendable, CaseIterable { case subscribe, subscribed, unsubscribe, unsubscribed }

    /// The value of the `subscription` attribute (RFC 6121 §2.1.2.5), which does not tell of requests.
    var token: String {
        switch (outward == .granted, inward == .granted) {
        case (false, false): "none"
        case (true, false): "to"
        case (false, true): "from"
        case (true, true): "both"
        }
    }
}

extension RosterRecord {
    /// The state as far as the roster keeps it: a request of the contact waits elsewhere.
    var state: Subscription {
        get {
            Subscription(
                outward: subscription & Self.to != 0 ? .granted : ask ? .pending : .none,
                inward: subscription & Self.from != 0 ? .granted : .none)
        }
        set {
            ask = newValue.outward == .pending
            subscription =
                (newValue.outward == .granted ? Self.to : 0) | (newValue.inward == .granted ? Self.from : 0)
        }
    }

    private static let to: UInt8 = 1
    private static let from: UInt8 = 2
}
