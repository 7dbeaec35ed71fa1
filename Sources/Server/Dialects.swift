// Which dialects this version serves, and how a domain's table is made of them.

import DialectKit
import Groupchat
import MIX
import MUC
import Rooms

extension ServerConfiguration.DialectName {
    /// Whether this version speaks it.
    var isServed: Bool {
        switch self {
        case .muc, .groupchat, .mix, .mix021, .mix001: true
        case .conference: false
        }
    }
}

extension ServerConfiguration.DomainPlan {
    /// The dialects of this domain that are served, in the order of the configuration.
    func dialects(
        _ join: ServerConfiguration.GroupchatJoin, _ undetermined: ServerConfiguration.UndeterminedMIX
    ) -> [any Dialect] {
        rooms(join) + channels(undetermined)
    }

    /// Those of them that speak of channels, which come as one family.
    private func channels(_ undetermined: ServerConfiguration.UndeterminedMIX) -> [any Dialect] {
        let grammars = dialects.compactMap { name -> Grammar? in
            switch name {
            case .mix: .current
            case .mix021: .v021
            case .mix001: .v001
            case .muc, .groupchat, .conference: nil
            }
        }
        let meaning: MIXDialect.Undetermined =
            switch undetermined {
            case .dual: .dual
            case .v2: .v2
            case .v1: .v1
            }
        return grammars.isEmpty ? [] : MIXDialect.family(grammars, undetermined: meaning)
    }

    private func rooms(_ join: ServerConfiguration.GroupchatJoin) -> [any Dialect] {
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
