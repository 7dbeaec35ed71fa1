// Which dialects this version serves, and how a domain's table is made of them.

import DialectKit
import Groupchat
import MUC
import Rooms

extension ServerConfiguration.DialectName {
    /// Whether this version speaks it.
    var isServed: Bool {
        switch self {
        case .muc, .groupchat: true
        case .conference, .mix, .mix021, .mix001: false
        }
    }
}

extension ServerConfiguration.DomainPlan {
    /// The dialects of this domain that are served, in the order of the configuration.
    func dialects(_ join: ServerConfiguration.GroupchatJoin) -> [any Dialect] {
        let policy: JoinPolicy =
            switch join {
            case .auto: .auto
            case .accept: .accept
            case .kick: .kick
            }
        let speaksOlder = dialects.contains(.groupchat) || dialects.contains(.conference)
        return dialects.compactMap { name -> (any Dialect)? in
            switch name {
            case .muc: MUCDialect(legacyInvitations: speaksOlder)
            case .groupchat: GroupchatDialect(policy: policy)
            case .conference, .mix, .mix021, .mix001: nil
            }
        }
    }
}
