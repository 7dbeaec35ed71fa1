// The words that rooms say themselves, and in which language.

/// Everything a room says in words, in one language.
struct Phrasebook: Sendable {
    /// The tag that is stamped on what is said (BCP 47).
    let language: String

    // About somebody, by nick
    let joined: Phrase
    let left: Phrase
    /// Old nick, new nick.
    let renamed: Phrase
    let kicked: Phrase
    let banned: Phrase
    let lostMembership: Phrase
    let becameMembersOnly: Phrase
    /// Nick, feature.
    let missesFeature: Phrase
    /// Nick, subject.
    let topicSet: Phrase
    let topicCleared: Phrase
    /// Bare JID.
    let declined: Phrase

    // About the room
    let jidsVisible: Phrase
    let jidsShown: Phrase
    let jidsHidden: Phrase
    let logged: Phrase
    let loggingOn: Phrase
    let loggingOff: Phrase
    let configured: Phrase
    /// Features.
    let featuresRequired: Phrase
    let destroyed: Phrase
    /// The address of the other room.
    let moved: Phrase
    let shutDown: Phrase

    // About the reader
    let voiceGranted: Phrase
    let voiceRevoked: Phrase

    /// All languages; the first is spoken where none of the others fits.
    static let all: [Phrasebook] = [english, german, french, spanish]

    /// The book with this tag, one of `all`.
    static func of(_ language: String) -> Phrasebook { all.first { $0.language == language } ?? english }

    /// The book for the first of these tags in whose language there is one: "de-AT" is served in "de".
    static func best(for tags: [String?]) -> Phrasebook {
        for case let tag? in tags {
            let primary = tag.prefix { $0 != "-" }.lowercased()
            if let book = all.first(where: { $0.language == primary }) { return book }
        }
        return english
    }
}
