// What a participant wants others to know of it, and how it wants to be reached.

/// The preferences of somebody who joined (XEP-0404 §3.1).
public struct Preferences: Sendable, Equatable {
    /// When the real address is shown to other participants.
    public enum Visibility: UInt8, Sendable, CaseIterable {
        /// In visible channels, not in hidden ones.
        case byChannel = 0
        /// Never; whoever wants that leaves a channel that becomes visible.
        case never = 1
        /// Always; whoever wants that leaves a channel that becomes hidden.
        case always = 2
        /// Only where the channel makes it so.
        case preferNot = 3
    }

    public var visibility: Visibility
    /// Private messages may come.
    public var takesLetters: Bool
    /// Others may ask for the vCard.
    public var showsVCard: Bool
    /// Presence goes to the room.
    public var sharesPresence: Bool

    public init(
        visibility: Visibility = .byChannel, takesLetters: Bool = true, showsVCard: Bool = false,
        sharesPresence: Bool = true
    ) {
        self.visibility = visibility
        self.takesLetters = takesLetters
        self.showsVCard = showsVCard
        self.sharesPresence = sharesPresence
    }
}
