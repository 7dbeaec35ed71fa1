// Who is online and might hear of an account's nodes, and what each wants to hear of.

import XMPP

/// The resources whose presence an account knows, its own and its contacts', with what their capabilities say they want
/// to be notified of (XEP-0163 §4.2, XEP-0115). A value, and pure.
struct PEPAudience: Sendable {
    /// One resource that is online.
    struct Listener: Sendable, Equatable {
        var capabilities: Capabilities
        /// The nodes it wants to hear of; nil: not known yet.
        var interests: Set<String>?
        /// It has come online and not yet been sent the last items.
        var isNew: Bool
    }

    /// What follows from a presence or an answer.
    enum Step: Sendable, Equatable {
        case nothing
        /// It is to be asked what it can.
        case ask(Capabilities)
        /// It is to be sent the last items (XEP-0163 §4.3.4).
        case welcome
    }

    private(set) var listeners: [JID: Listener] = [:]

    var isEmpty: Bool { listeners.isEmpty }

    /// A presence of a resource.
    ///
    /// - Parameter hasJustCome: whether it may be the first since the resource came online.
    /// - Parameter known: what resources with these capabilities want to hear of, if that is known.
    /// - Parameter most: how many resources are remembered; further ones hear nothing.
    mutating func heard(
        _ presence: Stanza, from resource: JID, hasJustCome: Bool = true, most: Int,
        known: (Capabilities) -> Set<String>?
    ) -> Step {
        guard presence.type == .available else {
            if resource.isBare {
                listeners = listeners.filter { $0.key.bare != resource }
            } else {
                listeners[resource] = nil
            }
            return .nothing
        }
        guard let capabilities = Capabilities(of: presence) else { return .nothing }
        var listener = Listener(capabilities: capabilities, interests: nil, isNew: hasJustCome)
        if let former = listeners[resource] {
            if former.capabilities == capabilities { return .nothing }
            listener.isNew = former.isNew
        } else if listeners.count >= most {
            return .nothing
        }
        listener.interests = known(capabilities)
        listeners[resource] = listener
        return step(resource)
    }

    /// A resource is gone.
    mutating func forget(_ resource: JID) { listeners[resource] = nil }

    /// What a resource wants to hear of is known now.
    mutating func learned(_ interests: Set<String>, of resource: JID) -> Step {
        listeners[resource]?.interests = interests
        return step(resource)
    }

    private mutating func step(_ resource: JID) -> Step {
        guard let listener = listeners[resource] else { return .nothing }
        if listener.interests == nil { return .ask(listener.capabilities) }
        guard listener.isNew else { return .nothing }
        listeners[resource]?.isNew = false
        return .welcome
    }

    /// Those who want to hear of a node, in an order that stays.
    func listeners(to node: String) -> [JID] {
        listeners.filter { $0.value.interests?.contains(node) == true }.map(\.key).sorted()
    }
}
