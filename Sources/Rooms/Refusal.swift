// Why a room does not do what it was asked; each dialect translates it into its own error.

public import XMPP

/// Why not. Decided in the room (law 5); manners are the dialect's.
public enum Refusal: Error, Sendable, Equatable {
    // Entering
    case roomMissing
    /// The room was destroyed not long ago, and perhaps its people are somewhere else.
    case gone(alternate: JID?)
    case creationForbidden
    /// Nobody at all creates rooms here by entering them.
    case creationNotOffered
    case locked
    case banned
    case membersOnly
    case passwordRequired
    case full
    case missingFeatures([String])
    // Nicks
    case nickTaken
    /// The nick has a form that no nick may have.
    case nickMalformed
    /// The nick is well-formed but not wanted here (too long, looks like an address of the room).
    case nickUnwanted
    /// The participant holds another nick, and this dialect has no way to be told so (GC-022).
    case nickHeld
    /// The local part may not be the name of a room (rule X-02).
    case nameUnwanted
    // Speaking
    case notSeated
    case noVoice
    case privateMessagesForbidden
    case subjectForbidden
    case noSuchOccupant
    case tooLarge(limit: String)
    case tooMany(limit: String)
    // Ruling
    /// The requester's rank is too low for this kind of act.
    case forbidden
    /// The requester's rank is enough for the act, not for this target.
    case notAllowed
    case lastOwner
    case ownRank
    case invalidSetting(Setting)
    case invitationsForbidden
    case inviteeBanned
    case registrationClosed
    /// There is nothing to give back.
    case notRegistered
    case badRequest(String)
    // Channels
    case roomExists
    /// Nobody takes part here without a nick.
    case nickRequired
    /// There is no such node.
    case nodeMissing
    /// The node is not for this asker.
    case nodeClosed
    case nodeExists
    /// Nothing of what was said has this id.
    case messageMissing
    case retractionForbidden
    /// Whoever is addressed takes no private messages.
    case lettersBlocked
    /// The channel asks for presence of whoever takes part.
    case presenceRequired
}
