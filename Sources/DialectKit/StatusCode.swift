// The status codes of XEP-0045 §16.6.2 that a room sends.

public import XML
import XMPP

/// A status code of XEP-0045 §16.6.2. 102, 103 and 174 are never sent (MUC-394, MUC-409).
public enum StatusCode: Int, Sendable, Comparable {
    /// Everybody here sees real JIDs.
    case jidsVisible = 100
    /// The configuration changed in a way that has no code of its own.
    case configurationChanged = 104
    /// This presence is about the reader itself.
    case selfPresence = 110
    case loggingOn = 170
    case loggingOff = 171
    case nowNonAnonymous = 172
    case nowSemiAnonymous = 173
    /// The reader's entry created the room.
    case created = 201
    /// The room chose or changed the reader's nick.
    case nickAssigned = 210
    case banned = 301
    case renamed = 303
    case kicked = 307
    /// Removed because an affiliation was lost in a members-only room.
    case lostMembership = 321
    /// Removed because the room became members-only.
    case becameMembersOnly = 322
    case shutDown = 332
    /// Removed for a technical reason.
    case technical = 333

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension XMLWriter {
    /// Writes codes into an open muc#user element, in rising order.
    public mutating func statuses(_ codes: Set<StatusCode>) {
        for code in codes.sorted() {
            open("status", NS.mucUser)
            attribute("code", String(code.rawValue))
            close()
        }
    }
}
