// What is left of a destroyed room: where its people went, and who may make it again.

public import XMPP

/// What a persistent room leaves behind, so that nobody else takes its name for a while, and whoever looks for it is
/// told where to go (XEP-0045 §10.9; MUC-334).
public struct Tombstone: Sendable, Equatable {
    /// When the name is free again.
    public let until: Moment
    /// Where to go instead.
    public let alternate: JID?
    /// The owners of the room that was, by bare JID, sorted: they may make it again.
    public let owners: [JID]

    /// Whether this requester may not make the room yet.
    func keepsOut(_ requester: JID, at now: Moment) -> Bool { now < until && !owners.contains(requester.bare) }
}
