// What follows from a change of an account's contacts.

import Storage
import XMPP

extension Contacts {
    /// What follows when the account or a contact says something about a subscription, or the account changes its
    /// roster. The stanzas are of the account's bare JID, to the contact's.
    struct Outcome: Sendable, Equatable {
        /// An entry that changed, or that is no more.
        enum Change: Sendable, Equatable {
            case item(RosterRecord)
            case removal(JID)
        }

        /// What of its presence the account shows the contact.
        enum Disclosure: Sendable { case available, unavailable }

        /// What is stored, in order.
        var writes: [AccountWrite] = []
        /// What the account's resources are told of the roster (RFC 6121 §2.1.6).
        var push: Change?
        /// The stanza goes on: to the contact if the account sent it, to the account's resources if the contact did.
        var passes = false
        /// What is sent to the contact in the account's name.
        var answers: [Subscription.Verb] = []
        /// What follows those: presence of every available resource.
        var shows: Disclosure?
    }
}
