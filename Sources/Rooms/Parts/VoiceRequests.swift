// Asking for voice in a moderated room, and what a moderator answers (XEP-0045 §7.13, §8.6).

import XMPP

/// Who lately asked for voice, by bare JID, so that nobody asks all the time (MUC-234).
public struct VoiceRequests: Sendable, Equatable {
    private(set) var asked: [JID: Moment] = [:]

    func isTooSoon(_ jid: JID, at now: Moment, _ limits: RoomLimits) -> Bool {
        guard let last = asked[jid.bare] else { return false }
        return now - last < .seconds(limits.voiceRequestSeconds)
    }

    /// Remembers a request; past `RoomLimits.voiceRequests` the oldest is forgotten.
    mutating func note(_ jid: JID, at now: Moment, _ limits: RoomLimits) {
        if asked[jid.bare] == nil, asked.count >= limits.voiceRequests,
            let oldest = asked.min(by: { $0.value < $1.value })?.key
        {
            asked[oldest] = nil
        }
        asked[jid.bare] = now
    }
}

extension Room {
    /// Whoever has voice already asks for nothing (MUC-233).
    func requestVoice(_ seat: SeatID, _ context: Context) throws(Refusal) -> [Event] {
        guard let person = person(at: seat) else { throw .notSeated }
        guard person.role == .visitor else { return [] }
        guard settings.voiceRequests else { throw .forbidden }
        guard !voiceRequests.isTooSoon(person.jid, at: context.now, context.limits) else {
            throw .tooMany(limit: "voiceRequestSeconds")
        }
        return [.conversation(.voiceRequested(Event.VoiceRequest(person: person, time: context.now)))]
    }

    /// The request may be answered already, or who asked be gone: then there is nothing to do (MUC-232).
    func answerVoiceRequest(
        of jid: JID, grants: Bool, by requester: Requester, _ context: Context
    ) throws(Refusal) -> [Event] {
        guard permissions.givesRoles(requester) else { throw .forbidden }
        let id = jid.isBare ? roster[jid: jid]?.id : seating[address: jid]?.participant
        guard grants, let asker = id.flatMap({ roster[$0] }), asker.role == .visitor else { return [] }
        return try setRoles([RoleChange(nick: asker.nick, role: .participant)], by: requester, context)
    }
}
