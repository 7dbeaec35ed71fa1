// The ways of speaking MIX that the account side tells apart, by the namespaces in which clients and channels do it.

import Rooms
import XML
import XMPP

/// The dialects of MIX, as rooms know them (rule X-03).
enum Tongue {
    /// Today's.
    static let current = DialectID("mix")
    /// That of `urn:xmpp:mix:core:0`.
    static let core0 = DialectID("mix-core-0")
    /// XEP-0369 0.2.1.
    static let draft2 = DialectID("mix-0.2.1")
    /// The ProtoXEP 0.0.1.
    static let draft1 = DialectID("mix-0.0.1")
    /// One of the two drafts, and nobody knows which yet.
    static let undetermined = DialectID("mix-0")

    /// Those whose namespace is `urn:xmpp:mix:0`.
    static func isDraft(_ dialect: DialectID) -> Bool { [draft1, draft2, undetermined].contains(dialect) }

    static func isMIX(_ dialect: DialectID) -> Bool { isDraft(dialect) || dialect == current || dialect == core0 }

    /// What somebody speaks who lists these features; nil: nothing of MIX.
    static func of(features: some Sequence<String>) -> DialectID? {
        let spoken = [(NS.mixCore, current), (NS.mixCore0, core0), (NS.mix0, undetermined)]
        let features = Set(features)
        return spoken.first { features.contains($0.0) }?.1
    }

    /// What somebody speaks who says something in this namespace; nil: nothing of MIX.
    static func of(namespace: String) -> DialectID? {
        switch namespace {
        case NS.mix0: undetermined
        case NS.mixCore0: core0
        case _ where namespace.hasPrefix("urn:xmpp:mix:"): current
        default: nil
        }
    }

    /// The namespace of joining and leaving.
    static func namespace(of dialect: DialectID) -> String {
        isDraft(dialect) ? NS.mix0 : dialect == core0 ? NS.mixCore0 : NS.mixCore
    }

    /// Whether a request is one that only the first draft knows: about the conversations of a service (rule X-03).
    static func isOfFirstDraft(_ request: Element) -> Bool {
        let names = [NS.mixNodeConversations, "urn:xmpp:mix:nodes:channels"]
        return request.namespace == NS.pubsub && request.children.contains { names.contains($0["node"] ?? "") }
    }
}
