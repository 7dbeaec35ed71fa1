// Invitations that a channel can tell from forgeries without keeping any, each good for one use.

public import XMPP

/// An invitation as it goes from the channel to the inviter, to the invitee and back (XEP-0407 §6).
public struct ChannelInvitation: Sendable, Equatable {
    public var inviter: JID
    public var invitee: JID
    public var token: String

    public init(inviter: JID, invitee: JID, token: String) {
        self.inviter = inviter
        self.invitee = invitee
        self.token = token
    }
}

/// What stands in a token: a number of its own, and until when it is good.
public struct InvitationToken: Sendable, Equatable {
    /// Random.
    public let number: UInt64
    public let until: Moment

    public init(number: UInt64, until: Moment) {
        self.number = number
        self.until = until
    }
}

/// The tokens that were used and could still be tried again.
public struct InvitationTokens: Sendable, Equatable {
    private(set) var used: [UInt64: Moment] = [:]

    func isUsed(_ token: InvitationToken) -> Bool { used[token.number] != nil }

    /// Remembers a use; past `RoomLimits.pendingInvitations` the one that ends first is forgotten.
    mutating func use(_ token: InvitationToken, _ limits: RoomLimits) {
        // of several that end together one is always the first: a replay forgets the same one
        let first = used.min { ($0.value, $0.key) < ($1.value, $1.key) }
        if used.count >= limits.pendingInvitations, let first { used[first.key] = nil }
        used[token.number] = token.until
    }

    mutating func restore(_ number: UInt64, until: Moment) { used[number] = until }
}

extension Room {
    /// An invitation for somebody, for its inviter to pass on: for administrators, and for participants where the
    /// channel says so (XEP-0407 §6; MIXC-433).
    public func invitation(
        for invitee: JID, by requester: Requester, _ context: Context
    ) throws(Refusal) -> ChannelInvitation {
        let rank = permissions.rank(of: requester)
        guard rank >= .admin || (participant(jid: requester.jid) != nil && settings.flag(.invitationAdmits)) else {
            throw .forbidden
        }
        guard affiliations.affiliation(of: invitee) != .outcast else { throw .inviteeBanned }
        let number = context.randomBytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let token = InvitationToken(number: number, until: context.now + .seconds(limits.invitationDays * 86_400))
        return ChannelInvitation(
            inviter: requester.jid.bare, invitee: invitee.bare,
            token: secret.token(token, from: requester.jid.bare, to: invitee.bare))
    }

    /// The token of an invitation that this room made for `jid`, that is not over, and was not used.
    func token(in invitation: ChannelInvitation, for jid: JID, at now: Moment) throws(Refusal) -> InvitationToken {
        guard invitation.invitee.bare == jid.bare,
            let token = secret.read(invitation.token, from: invitation.inviter.bare, to: invitation.invitee.bare),
            now <= token.until, !invitationTokens.isUsed(token)
        else { throw .forbidden }
        return token
    }
}
