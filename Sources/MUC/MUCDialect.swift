// Multi-User Chat (XEP-0045) as a way of speaking to a room.

public import DialectKit
public import Rooms
public import XML
public import XMPP

/// Multi-User Chat (XEP-0045): what its clients say, and how they are told.
public struct MUCDialect: Dialect {
    /// The name of this dialect in the configuration and in seats.
    public static let id = DialectID("muc")

    public var id: DialectID { Self.id }

    /// Mediated invitations carry words and `jabber:x:conference` too, for invitees with clients older than MUC: where
    /// such a dialect is spoken on the same domain (MUC-197).
    public var legacyInvitations: Bool
    /// Admins may read the list of admins in rooms that hide JIDs; else owners only (MUC-328).
    public var adminsReadAdminList: Bool

    public init(legacyInvitations: Bool = false, adminsReadAdminList: Bool = false) {
        self.legacyInvitations = legacyInvitations
        self.adminsReadAdminList = adminsReadAdminList
    }

    // MARK: Reading

    /// Entering with `<x/>`, invitations, declines and requests for voice are unmistakable; a presence without it never
    /// enters here, and the rest has no accent.
    public func claim(_ inbound: Inbound, in room: Room) -> Claim {
        switch inbound.stanza.kind {
        case .presence: return inbound.stanza.child("x", NS.muc) == nil ? .no : .surely
        case .message:
            guard inbound.stanza.type != .groupchat else { return .no }
            let asks = inbound.stanza.child("x", NS.mucUser)?.children.contains {
                $0.is("invite", NS.mucUser) || $0.is("decline", NS.mucUser)
            }
            let form = VoiceForm.element(in: inbound.stanza) ?? RegistrationForm.element(in: inbound.stanza)
            return asks == true || form != nil ? .surely : .no
        case .iq: return .no
        }
    }

    public func key(in inbound: Inbound) -> DoorKey? {
        guard inbound.stanza.kind == .presence else { return nil }
        return EntryRequest(reading: inbound.stanza)?.password.map { .password($0) }
    }

    public func read(_ inbound: Inbound, in room: Room, now: Moment) -> Intent {
        answering(inbound) { () throws(StanzaError) -> Intent in
            switch inbound.stanza.kind {
            case .presence: try PresenceReader(inbound: inbound, room: room).read()
            case .message: try MessageReader(inbound: inbound, room: room).read()
            case .iq: try OccupantRequestReader(inbound: inbound, room: room).read()
            }
        }
    }

    public func register(in table: inout HandlerTable) {
        let dialect = self
        let admin = { @Sendable (request: Request, room: Room) in
            AdminReader(
                inbound: request.inbound, query: request.element, room: room,
                adminsReadAdminList: dialect.adminsReadAdminList)
        }
        table.on(.get, "query", NS.mucAdmin) { request, room in
            dialect.answering(request.inbound) { () throws(StanzaError) in try admin(request, room).get() }
        }
        table.on(.set, "query", NS.mucAdmin) { request, room in
            dialect.answering(request.inbound) { () throws(StanzaError) in try admin(request, room).set() }
        }
        for type in [StanzaType.get, .set] {
            table.on(type, "query", NS.register, feature: NS.register) { request, room in
                dialect.answering(request.inbound) { () throws(StanzaError) in
                    try RegistrationReader(inbound: request.inbound, query: request.element, room: room).read()
                }
            }
        }
        table.on(.get, "query", NS.mucOwner) { request, room in
            dialect.answering(request.inbound) { () throws(StanzaError) in
                try OwnerReader(inbound: request.inbound, query: request.element, room: room).get()
            }
        }
        table.on(.set, "query", NS.mucOwner) { request, room in
            dialect.answering(request.inbound) { () throws(StanzaError) in
                try OwnerReader(inbound: request.inbound, query: request.element, room: room).set()
            }
        }
    }

    /// Errors of this dialect repeat part of the request, so they are written here and not by whoever asked.
    private func answering(_ inbound: Inbound, _ read: () throws(StanzaError) -> Intent) -> Intent {
        do throws(StanzaError) {
            return try read()
        } catch {
            return ErrorWriter(inbound: inbound).answer(error).map { .reply([$0]) } ?? .ignore
        }
    }

    public func refusal(_ refusal: Refusal, answering inbound: Inbound, in room: Room) -> Stanza? {
        ErrorWriter(inbound: inbound).answer(refusal)
    }

    // MARK: Writing

    public func facets(of event: Event, in room: Room) -> Facets {
        switch event {
        case .lifecycle(.destroyed), .lifecycle(.shutDown): .relation
        case .lifecycle, .conversation, .membership, .library: []
        case .governance(.configured): []
        case .attendance, .governance: room.settings.isOpen ? .relation : [.relation, .sight]
        }
    }

    public func write(_ event: Event, in room: Room, for view: View) -> [Template] {
        switch event {
        case .lifecycle(.destroyed(let ending)): EndingWriter(room: room, view: view).destroyed(ending)
        case .lifecycle(.shutDown(let seats, let nicks)): EndingWriter(room: room, view: view).shutDown(seats, nicks)
        case .lifecycle: []
        case .attendance(let happening): AttendanceWriter(room, for: view).write(happening)
        case .conversation(.said(let message)), .conversation(.subjectChanged(let message)):
            [MessageWriter(room, for: view).said(message)]
        case .conversation(.whispered(let whisper)): [MessageWriter(room, for: view).whispered(whisper)]
        case .conversation(.invited): []
        case .conversation(.returned(let returned)): [ReturnedWriter(room, view.domain).returned(returned)]
        case .conversation(.registrationRequested(let request)):
            [RegistrationWriter(room: room, domain: view.domain).asked(request)]
        case .conversation(.voiceRequested(let request)): [GovernanceWriter(room: room, view: view).asked(request)]
        case .conversation(.declined(let sent)): [invitations(room, view.domain).declined(sent)]
        case .conversation(.retracted(let retraction)): [MessageWriter(room, for: view).retracted(retraction)]
        case .governance(let happening): GovernanceWriter(room: room, view: view).write(happening)
        case .membership, .library: []
        }
    }

    public func presence(of id: ParticipantID, in room: Room, for view: View) -> Template? {
        PresenceWriter(room, for: view).forNewcomers(id)
    }

    public func welcome(_ arrival: Event.Arrival, in room: Room, for view: View, others: [Template]) -> [Template] {
        WelcomeWriter(room: room, view: view).write(arrival, others: others)
    }

    public func outward(_ event: Event, in room: Room, from domain: String) -> [Stanza] {
        switch event {
        case .conversation(.invited(let sent)): invitations(room, domain).invited(sent).map { [$0] } ?? []
        case .conversation(.declined(let sent)): invitations(room, domain).declinedOutside(sent).map { [$0] } ?? []
        case .conversation(.registrationRequested(let request)):
            RegistrationWriter(room: room, domain: domain).askedOutside(request)
        default: []
        }
    }

    public var readsArchive: Bool { true }

    public func recall(_ message: RecalledMessage, for reader: ArchiveReader, into writer: inout XMLWriter) {
        ArchiveWriter(reader).write(message, into: &writer)
    }

    public func address(of person: Person, in room: Room, domain: String) -> JID? {
        try? JID(local: room.name.local, domain: domain, resource: person.nick)
    }

    private func invitations(_ room: Room, _ domain: String) -> InvitationWriter {
        InvitationWriter(room: room, domain: domain, isLegacy: legacyInvitations)
    }
}
