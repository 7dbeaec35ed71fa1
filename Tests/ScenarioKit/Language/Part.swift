// Who plays in a scenario: what somebody speaks to rooms, and how it is there when the play begins.

import XMPP

/// Somebody who plays: `Hag66 speaks muc`, or a further resource of the same account: `Hag66/phone speaks muc`.
package struct Part: Sendable, Hashable {
    /// What somebody speaks to rooms, by the name that the configuration has for it.
    package enum Dialect: String, Sendable, CaseIterable {
        case muc, groupchat, mix
        case mixCore0 = "mix-core-0"
        case mix021 = "mix-0.2.1"
        case mix001 = "mix-0.0.1"
        /// A client of a draft, which has not yet shown of which.
        case mix0 = "mix-0"

        /// What a client of it lists among its features; nil for the older generations.
        package var feature: String? {
            switch self {
            case .muc, .groupchat: nil
            case .mix: NS.mixCore
            case .mixCore0: NS.mixCore0
            case .mix021, .mix001, .mix0: NS.mix0
            }
        }
    }

    /// How somebody is there when the play begins, and after coming again.
    package enum Start: Sendable {
        /// Available, and told of rooms and other people only: `Hag66 speaks muc`.
        case available
        /// Connected without having said anything, and told everything: `Romeo speaks im`.
        case connected
        /// Not at all; once it connects, as `connected`: `Romeo has an account`.
        case offline
        /// At another server, which says and hears what the scenario makes it: `Hag66 speaks mix from afar`.
        case afar
    }

    /// As the scenario writes it.
    package let name: String
    /// What it speaks to rooms.
    package let dialect: Dialect
    package var start = Start.available
    /// Whether its presence says what it can, though it speaks no MIX: `Hag66 speaks muc with caps`.
    package var showsCapabilities = false

    /// The name of the account: what stands before the slash.
    package var account: String { String(name.prefix { $0 != "/" }) }
    /// What stands behind the slash; one resource a name where there is none.
    package var resource: String {
        name.contains("/") ? String(name.drop { $0 != "/" }.dropFirst()) : "broom"
    }

    /// The features that its client lists; nil: its presence says nothing of that.
    var features: [String]? {
        guard start == .available else { return nil }
        let common = [NS.discoInfo, NS.caps]
        if let feature = dialect.feature { return common + [feature] }
        return showsCapabilities ? common + [NS.muc] : nil
    }
}
