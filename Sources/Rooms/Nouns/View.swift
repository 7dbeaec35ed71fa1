// What a rendering may know of its reader.

/// Everything of a reader on which a rendering may depend, its own address apart (law 4).
///
/// All seats of one view get the same bytes.
public struct View: Hashable, Sendable {
    /// Whose news it is to the reader.
    public enum Relation: Hashable, Sendable {
        /// The event is about the reader's own participant, read on this seat.
        case own(SeatID)
        case other
    }

    public var dialect: DialectID
    /// The domain under which the reader knows the room.
    public var domain: String
    /// Whether real JIDs may be shown (law 7).
    public var seesJIDs: Bool
    public var relation: Relation
    /// The language for words the room makes itself, one of those the dialect speaks; empty where it makes none.
    public var language: String
    /// What the reader wants to hear of.
    public var topics: Topics
    /// It is the server of an account elsewhere that reads, for whichever clients it likes.
    public var isServer: Bool

    public init(
        dialect: DialectID, domain: String, seesJIDs: Bool, relation: Relation = .other, language: String = "",
        topics: Topics = .everything, isServer: Bool = false
    ) {
        self.dialect = dialect
        self.domain = domain
        self.seesJIDs = seesJIDs
        self.relation = relation
        self.language = language
        self.topics = topics
        self.isServer = isServer
    }
}

/// Which properties of a view make a difference to the bytes of an event in a dialect; the fewer, the fewer renderings.
public struct Facets: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Readers who may see real JIDs read something else.
    public static let sight = Facets(rawValue: 1)
    /// The participant whom the event is about reads something else on its own seats.
    public static let relation = Facets(rawValue: 2)
    /// The words depend on the reader's language.
    public static let language = Facets(rawValue: 4)
}
