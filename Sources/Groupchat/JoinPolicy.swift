// Whether a bare presence is somebody of 1999 entering, or a client of today that lost its room.

import DialectKit
import Rooms
import XMPP

/// What is done with an available presence to `room/nick` from an address without a seat: a groupchat 1.0 entry and a
/// desynchronised MUC client look alike on the wire (GC-001). The configuration's `groupchat_join`.
public enum JoinPolicy: String, Sendable, CaseIterable {
    /// Told apart by what is known of the client (GC-004).
    case auto
    /// It enters.
    case accept
    /// It is told that it is not in the room.
    case kick

    /// The room's own choice, if it made one.
    func inForce(in room: Room) -> JoinPolicy { JoinPolicy(rawValue: room.settings.groupchatJoin) ?? self }

    func admits(_ inbound: Inbound, to room: Room, now: Moment) -> Bool {
        switch self {
        case .accept: true
        case .kick: false
        case .auto: !Self.isOfToday(inbound, room, now)
        }
    }

    /// Whether the client is younger than groupchat 1.0, so that it would not enter like this (GC-004).
    private static func isOfToday(_ inbound: Inbound, _ room: Room, _ now: Moment) -> Bool {
        if room.acquaintances.dialect(of: inbound.from, at: now) == muc { return true }
        if room.roster[jid: inbound.from] != nil, let features = inbound.features,
            features.contains(where: mixFeatures.contains)
        {
            return true
        }
        guard inbound.stanza.child("c", NS.caps) != nil else { return false }
        return inbound.features?.contains(NS.muc) ?? true  // a client with caps is younger than MUC
    }

    private static let muc = DialectID("muc")
    private static let mixFeatures: Set<String> = [NS.mix0, NS.mixCore0, NS.mixCore]
}
