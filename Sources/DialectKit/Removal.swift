// How somebody's going is marked: the status code of its cause, who did it, and why.

public import Rooms

extension Event.Cause {
    /// The status code of a removal (XEP-0045 §16.6.2); nil where somebody left by itself.
    public var code: StatusCode? {
        switch self {
        case .own: nil
        case .kicked, .missesFeature: .kicked
        case .banned: .banned
        case .lostMembership: .lostMembership
        case .becameMembersOnly: .becameMembersOnly
        case .technical: .technical
        }
    }
}

extension OccupantPresence {
    /// Puts the status code of a removal into the presence, and who did it and why. What a technical removal was for
    /// is the operator's to know.
    public mutating func mark(_ cause: Event.Cause, in room: Room) {
        if let code = cause.code { statuses.insert(code) }
        switch cause {
        case .own, .becameMembersOnly, .technical: return
        case .kicked(let actor, let reason), .banned(let actor, let reason), .lostMembership(let actor, let reason):
            item?.blame(actor, reason: reason, in: room)
        case .missesFeature(let feature):
            item?.reason = "This room requires a feature that your client does not have: \(feature)"
        }
    }
}

extension OccupantPresence.Item {
    /// Names who acted and why: by nick, and only whoever has none by its bare JID, where everybody sees real
    /// addresses (MUC-254).
    public mutating func blame(_ actor: Event.Actor?, reason: String?, in room: Room) {
        actorNick = actor?.nick
        actorJID = room.settings.isOpen && actor?.nick == nil ? actor?.jid : nil
        self.reason = reason
    }
}
