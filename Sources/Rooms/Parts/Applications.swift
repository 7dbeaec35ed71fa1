// Registrations that wait for an admin's yes (XEP-0045 §9.9).

public import XMPP

/// Who asked to be registered, by bare JID, and under which nick: one request for each, for some days. Not durable.
public struct Applications: Sendable, Equatable {
    struct Application: Sendable, Equatable {
        let nick: String
        let time: Moment
    }

    private(set) var pending: [JID: Application] = [:]

    public init() {}

    /// What `jid` asked for and was not answered.
    func nick(of jid: JID, at now: Moment, _ limits: RoomLimits) -> String? {
        guard let application = pending[jid.bare],
            now - application.time <= .seconds(limits.applicationDays * 86_400)
        else { return nil }
        return application.nick
    }

    /// Whether somebody else asked for a nick that is the same for a reader's eye.
    func isWanted(_ nick: String, byOtherThan jid: JID) -> Bool {
        let key = Nickname.key(nick)
        return pending.contains { $0.key != jid.bare && Nickname.key($0.value.nick) == key }
    }

    /// Remembers a request; past `RoomLimits.applications` the oldest is forgotten.
    mutating func note(_ request: Event.RegistrationRequest, _ limits: RoomLimits) {
        pending = pending.filter { request.time - $0.value.time <= .seconds(limits.applicationDays * 86_400) }
        if pending[request.jid] == nil, pending.count >= limits.applications,
            let oldest = pending.min(by: { $0.value.time < $1.value.time })?.key
        {
            pending[oldest] = nil
        }
        pending[request.jid] = Application(nick: request.nick, time: request.time)
    }

    mutating func forget(_ jid: JID) { pending[jid] = nil }
}

extension Room {
    /// Asks the admins for somebody who would become a member by its registration (MUC-225).
    func applyForRegistration(as nick: String, by jid: JID, _ context: Context) throws(Refusal) -> [Event] {
        guard !applications.isWanted(nick, byOtherThan: jid) else { throw .nickTaken }
        let request = Event.RegistrationRequest(jid: jid, nick: nick, time: context.now)
        return [.conversation(.registrationRequested(request))]
    }

    /// An admin's yes. Anybody else's word, a no, and what was answered already, mean nothing (MUC-225).
    func answerRegistration(
        of jid: JID, grants: Bool, by requester: Requester, _ context: Context
    ) throws(Refusal) -> [Event] {
        guard grants, permissions.rank(of: requester) >= .admin,
            let nick = applications.nick(of: jid, at: context.now, context.limits),
            affiliations.affiliation(of: jid) == .none
        else { return [] }
        return try register(nick, for: jid.bare, by: actor(requester), context)
    }

    /// The admins who are here, each with all sessions.
    var adminSeats: [Seat] {
        seating.all.filter { affiliations.affiliation(of: $0.address) >= .admin }
    }

    /// Admins and owners who are to be asked though none of them is here; so many at most.
    public func absentAdmins(_ limit: Int) -> [JID] {
        adminSeats.isEmpty ? Array((affiliations.owners + affiliations.list(.admin)).prefix(limit)) : []
    }
}
