// A message of the archive, read no further than passing it on needs: its children stay the bytes they were stored as.

public import XMPP

/// Something said or a subject, out of the journal.
public struct RecalledMessage: Sendable, Equatable {
    /// When it was said.
    public let time: Moment
    /// The archive id A.
    public let archiveID: String
    /// The id its sender gave it, or A.
    public let id: String
    public let language: String?
    /// The speaker's P.
    public let speaker: ParticipantID
    /// The speaker's real address, full: for those who may see it only.
    public let jid: String
    /// The speaker's nick, affiliation and role when it was said.
    public let nick: String
    public let affiliation: Affiliation
    public let role: Role
    /// Whether everybody could see real JIDs when it was said (law 7).
    public let wasOpen: Bool
    /// Its children, each as XML where `jabber:client` is the default namespace.
    public let payload: [ArraySlice<UInt8>]
    /// Something else was taken back by this.
    public internal(set) var retraction: Event.Retraction?
    /// Its place in the journal.
    public internal(set) var seq: UInt64 = 0
}

extension RecalledMessage {
    /// A retraction, which has no words of its own.
    init(_ retraction: Event.Retraction) {
        let by = retraction.by
        self.init(
            time: retraction.stamp.time, archiveID: retraction.archiveID, id: retraction.id, language: nil,
            speaker: by.id, jid: by.jid.description, nick: by.nick, affiliation: by.affiliation, role: by.role,
            wasOpen: retraction.wasOpen, payload: [], retraction: retraction, seq: retraction.stamp.seq)
    }

    /// Nothing is left of what it said.
    public var isRetracted: Bool { payload.first?.starts(with: "<retracted ".utf8) == true }
}

extension EventCoding {
    /// The message behind the stored bytes of something archived.
    ///
    /// - Throws: `CodingFault`; `unknownKind` for events that are no messages.
    public static func recall(_ bytes: [UInt8]) throws(CodingFault) -> RecalledMessage {
        var reader = ByteReader(bytes)
        try reader.version(version)
        let kind = try reader.byte()
        if kind == Kind.retracted.rawValue {
            let retraction = try reader.retraction()
            try reader.end()
            return RecalledMessage(retraction)
        }
        guard kind == Kind.said.rawValue || kind == Kind.subjectChanged.rawValue else { throw .unknownKind(kind) }
        let message = try reader.recalled()
        try reader.end()
        return message
    }
}

extension ByteReader {
    fileprivate mutating func recalled() throws(CodingFault) -> RecalledMessage {
        let stamp = try stamp()
        let archiveID = try text()
        let (speaker, jid, nick) = (ParticipantID(try text()), try text(), try text())
        let (affiliation, role) = (try affiliation(), try role())
        let (id, language) = (try text(), try optionalText())
        let payload = try list { reader throws(CodingFault) in try reader.stretch() }
        _ = (try flag(), try flag())  // archived and history: why it is here
        return RecalledMessage(
            time: stamp.time, archiveID: archiveID, id: id, language: language, speaker: speaker, jid: jid, nick: nick,
            affiliation: affiliation, role: role, wasOpen: try flag(), payload: payload, seq: stamp.seq)
    }
}
