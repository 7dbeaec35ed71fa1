// Mediated Information eXchange, in all its generations, as ways of speaking to a room.

public import DialectKit
public import Rooms
public import XML
public import XMPP

/// One grammar of MIX (XEP-0369 and its family; the drafts 0.0.1 and 0.2.1). The dialects of a domain read alike and
/// write each its own; the first of them reads for all.
public struct MIXDialect: Dialect {
    /// What clients of `urn:xmpp:mix:0` are told that have not shown which draft they speak (rule X-03).
    public enum Undetermined: String, Sendable, CaseIterable { case dual, v2, v1 }

    /// The grammars of one domain.
    struct Family: Sendable {
        let spoken: [Grammar]
        /// What a client of `urn:xmpp:mix:0` is told that has not shown which draft it speaks.
        private let guess: Grammar

        init(_ spoken: [Grammar], _ undetermined: Undetermined) {
            self.spoken = spoken
            switch (spoken.contains(.v021), spoken.contains(.v001), undetermined) {
            case (true, true, .dual): guess = .undetermined
            case (true, true, .v1), (false, true, _): guess = .v001
            default: guess = .v021
            }
        }

        /// What a client of `urn:xmpp:mix:0` speaks at first.
        var draft: Grammar { spoken.contains(.undetermined) ? .undetermined : .v021 }

        /// A draft, where it is spoken here.
        func pinned(_ draft: Grammar) -> Grammar { spoken.contains(draft) ? draft : self.draft }

        /// In which grammar somebody is told things who speaks this.
        func meaning(of grammar: Grammar) -> Grammar {
            switch grammar {
            case .undetermined: guess
            case .both: spoken.contains(.v021) && spoken.contains(.v001) ? .both : guess
            default: grammar
            }
        }
    }

    public let id: DialectID
    /// In which it writes.
    let grammar: Grammar
    let family: Family
    /// It reads for all of the family.
    let isFirst: Bool

    private init(_ grammar: Grammar, _ family: Family) {
        id = grammar.id
        self.grammar = family.meaning(of: grammar)
        self.family = family
        isFirst = family.spoken.first == grammar
    }

    /// The dialects of a domain that speaks these grammars. `core:0` comes with today's, and with a draft come clients
    /// that may speak either.
    public static func family(_ grammars: [Grammar], undetermined: Undetermined = .dual) -> [any Dialect] {
        var spoken = grammars
        if spoken.contains(.current), !spoken.contains(.core0) { spoken.append(.core0) }
        if spoken.contains(where: \.isDraft) {
            spoken += [Grammar.undetermined, .both].filter { !spoken.contains($0) }
        }
        let family = Family(spoken, undetermined)
        return spoken.map { MIXDialect($0, family) }
    }

    // MARK: Reading

    /// A member's stanzas, and those to proxy addresses, are unmistakable; on a domain of channels so is the rest.
    public func claim(_ inbound: Inbound, in room: Room) -> Claim {
        guard isFirst else { return .no }
        if inbound.proxy != nil { return .surely }
        if inbound.stanza.child("x", NS.muc) != nil || inbound.seat?.kind == .visit { return .perhaps }
        let isMember = room.enrolments[jid: inbound.from] != nil && inbound.nick == nil
        if inbound.stanza.kind == .iq {
            let isOwn = Self.namespaces.contains(inbound.stanza.payload.first?.namespace ?? "")
            return isOwn ? .surely : .perhaps
        }
        return isMember ? .surely : .perhaps
    }

    static let namespaces: Set<String> = [
        NS.mixCore, NS.mixCore0, NS.mix0, NS.mixAnonymous, NS.mixMisc, NS.pubsub, NS.pubsubOwner,
    ]

    func speaker(_ inbound: Inbound, _ room: Room) -> Speaker { Speaker(inbound: inbound, room: room, family: family) }

    public func key(in inbound: Inbound) -> DoorKey? {
        guard inbound.stanza.type == .set, let join = inbound.stanza.payload.first, join.name == "join",
            let invitation = try? JoinReader.invitation(in: join)
        else { return nil }
        return .invitation(invitation)
    }

    public func read(_ inbound: Inbound, in room: Room, now: Moment) throws(StanzaError) -> Intent {
        let speaker = speaker(inbound, room)
        switch inbound.stanza.kind {
        case .message: return try MessageReader(speaker: speaker).read()
        case .presence: return PresenceReader(speaker: speaker).read()
        case .iq: return try ProxyRequestReader(speaker: speaker).read()
        }
    }

    public func refusal(_ refusal: Refusal, answering inbound: Inbound, in room: Room) -> Stanza? {
        let grammar = family.meaning(of: speaker(inbound, room).grammar)
        return ErrorWriter(inbound: inbound, room: room, grammar: grammar).answer(refusal)
    }

    // MARK: Writing

    public var tellsSessions: Bool { true }

    public func seesAddresses(_ participant: ParticipantID, in room: Room) -> Bool {
        room.permissions.seesJIDsByRank(participant)
    }

    public func facets(of event: Event, in room: Room) -> Facets {
        let sight: Facets = room.settings.isOpen ? [] : .sight
        switch event {
        case .lifecycle: return .relation
        case .conversation(.said), .conversation(.subjectChanged), .membership: return sight.union(.relation)
        case .conversation, .attendance: return sight.union(.relation)
        // a change of role may show somebody, or not any more
        case .governance(.roleChanged), .governance(.affiliationChanged): return sight
        case .governance, .library: return []
        }
    }

    public func write(_ event: Event, in room: Room, for view: View) -> [Template] {
        EventWriter(room, grammar, for: view).write(event)
    }

    /// Newcomers are shown who is there session by session, when they come.
    public func presence(of id: ParticipantID, in room: Room, for view: View) -> Template? { nil }

    /// A client that becomes available sees everybody, itself among them (MIX2-181).
    public func welcome(_ arrival: Event.Arrival, in room: Room, for view: View, others: [Template]) -> [Template] {
        guard view.topics.contains(.presence), room.hasNode(.presence) else { return [] }
        return PresenceWriter(reader: ChannelReader(room, grammar, for: view)).everybody()
    }

    public func letter(_ whisper: Event.Whisper, to enrolment: Enrolment, in room: Room) -> Stanza? {
        let reader = ChannelReader(room, grammar, domain: enrolment.domain, seesAll: false)
        let client = whisper.utterance.target.flatMap { room.seat(of: enrolment.id, masked: $0)?.address }
        return MessageWriter(reader: reader).letter(whisper, to: client ?? enrolment.jid)
    }

    public func address(of person: Person, in room: Room, domain: String) -> JID? {
        try? JID(ChannelReader(room, grammar, domain: domain, seesAll: false).proxy(person.id, at: person.jid))
    }

    // MARK: The archive

    public var readsArchive: Bool { true }

    public func checkReading(_ node: String?, in room: Room, by requester: Requester) throws(StanzaError) {
        let topic = node.map { Nodes(grammar: grammar).topic(of: $0, in: room) } ?? .messages
        guard !topic.isEmpty else { throw StanzaError(.itemNotFound) }
        guard room.permissions.mayHear(topic, requester) else { throw StanzaError(.forbidden) }
    }

    public func recall(_ event: Event, of node: String, for reader: ArchiveReader) -> Element? {
        guard let room = reader.room else { return nil }
        return NodeArchiveWriter(room, grammar, reader, node: node).write(event)
    }

    public func recall(_ message: RecalledMessage, for reader: ArchiveReader, into writer: inout XMLWriter) {
        guard let room = reader.room else { return }
        ArchiveWriter(room, grammar, domain: reader.domain, reader).write(message, into: &writer)
    }
}
