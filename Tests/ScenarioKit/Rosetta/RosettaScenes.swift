// What happens on each page of the Rosetta files.

import Rooms
import XML
import XMPP

/// One page: a file name, a title, and what happens.
package struct RosettaScene: Sendable, CustomStringConvertible {
    /// The file, without its ending.
    package let name: String
    private let title: String
    private let play: @Sendable (inout RosettaRoom) throws -> Void

    init(_ name: String, _ title: String, _ play: @escaping @Sendable (inout RosettaRoom) throws -> Void) {
        self.name = name
        self.title = title
        self.play = play
    }

    package var description: String { name }

    /// Lets it happen and answers what is told of it.
    package func page() throws -> RosettaPage {
        var room = RosettaRoom(title)
        try play(&room)
        return room.page
    }

    package static let all: [RosettaScene] = beginnings + comings + talk + ranks + endings + members

    // MARK: A room begins

    private static let beginnings = [
        RosettaScene("created", "firstwitch enters a room that was not there") { room in
            try room.show(RosettaRoom.entry(.hag))
        },
        RosettaScene("unlocked", "firstwitch accepts the configuration of a new room") { room in
            guard case .enter(var entry) = try RosettaRoom.entry(.hag) else { return }
            entry.creation = .locked
            try room.prepare(.enter(entry))
            try room.show(.configure(Configuration(), by: room.requester(.hag)))
        },
    ]

    // MARK: Coming and going

    private static let comings = [
        RosettaScene("entered", "thirdwitch enters a room with a history and a subject") { room in
            try room.fill([.hag, .wicca])
            try room.prepare(.say(room.seat(of: .hag), RosettaRoom.words("When shall we three meet again?")))
            try room.prepare(.setSubject(room.seat(of: .hag), subject))
            try room.show(RosettaRoom.entry(.crone))
        },
        RosettaScene("entered-openly", "thirdwitch enters a room where everybody sees addresses") { room in
            try room.fill([.hag, .wicca], [.whois: .choice("anyone")])
            try room.show(RosettaRoom.entry(.crone))
        },
        RosettaScene("resynced", "secondwitch, who is inside, enters once more") { room in
            try room.fill()
            let nothing = HistoryRequest(stanzas: 0)
            try room.show(
                .resync(
                    room.seat(of: .wicca), dialect: RosettaRoom.Person.wicca.dialect, history: nothing,
                    presence: RosettaRoom.presence(show: nil), answering: "e2"))
        },
        RosettaScene("presence-changed", "thirdwitch is away") { room in
            try room.fill()
            try room.show(.updatePresence(room.seat(of: .crone), RosettaRoom.presence(show: "away")))
        },
        RosettaScene("visibility-changed", "the presence of visitors is told no more, and again") { room in
            try room.fill(RosettaRoom.Person.allCases, [.isModerated: .flag(true)])
            for roles: Set<Role> in [[.moderator, .participant], [.moderator, .participant, .visitor]] {
                try room.show(
                    .configure(
                        Configuration(settings: [.presenceBroadcast: .roles(roles)]), by: room.requester(.hag)))
            }
        },
        RosettaScene("renamed", "thirdwitch is now known as oldhag") { room in
            try room.fill()
            try room.show(.rename(room.seat(of: .crone), nick: "oldhag"))
        },
        RosettaScene("left", "thirdwitch leaves") { room in
            try room.fill()
            let status = Element("status", NS.client) { "gone to the heath" }
            try room.show(.leave(room.seat(of: .crone), payload: [status]))
        },
        RosettaScene("left-for-a-technical-reason", "thirdwitch does not answer any more") { room in
            try room.fill()
            try room.show(.remove(room.seat(of: .crone), because: "a stanza came back"))
        },
    ]

    private static var subject: Utterance {
        Utterance(
            id: "lh2bs617", type: .groupchat,
            payload: [Element("subject", NS.client) { "Fire Burn and Cauldron Bubble!" }])
    }

    // MARK: What is said

    private static let talk = [
        RosettaScene("said", "thirdwitch says something") { room in
            try room.fill()
            try room.show(.say(room.seat(of: .crone), RosettaRoom.words("Thrice the brinded cat hath mew’d.")))
        },
        RosettaScene("said-without-words", "thirdwitch is typing") { room in
            try room.fill()
            let typing = Element("composing", "http://jabber.org/protocol/chatstates")
            try room.show(.say(room.seat(of: .crone), Utterance(id: "c1", type: .groupchat, payload: [typing])))
        },
        RosettaScene("subject-changed", "firstwitch sets the subject") { room in
            try room.fill()
            try room.show(.setSubject(room.seat(of: .hag), subject))
        },
        RosettaScene("whispered", "secondwitch says something to thirdwitch only") { room in
            try room.fill()
            try room.show(
                .whisper(
                    room.seat(of: .wicca), to: room.participant(.crone),
                    RosettaRoom.words("I’ll give thee a wind.", type: .chat)))
        },
        RosettaScene("invited", "secondwitch invites hecate") { room in
            try room.fill()
            let invitation = Invitation(
                invitees: [try JID("hecate@shakespeare.example")], reason: "Come to the heath.", id: "i1")
            try room.show(.invite(invitation, by: room.requester(.wicca)))
        },
        RosettaScene("declined", "hecate declines the invitation of secondwitch") { room in
            try room.fill()
            let hecate = try JID("hecate@shakespeare.example")
            try room.prepare(.invite(Invitation(invitees: [hecate]), by: room.requester(.wicca)))
            try room.show(
                .decline(Decline(target: .nick("secondwitch"), reason: "I am busy.", id: "d1"), by: hecate))
        },
        RosettaScene("returned", "what secondwitch said to thirdwitch only comes back") { room in
            try room.fill()
            try room.prepare(
                .whisper(room.seat(of: .wicca), to: room.participant(.crone), RosettaRoom.words("Psst", type: .chat)))
            try room.show(
                .giveBack(
                    id: "hysf1v37", from: JID(RosettaRoom.Person.crone.jid), isInvitation: false,
                    StanzaError(.notAcceptable)))
        },
        RosettaScene("registration-requested", "hecate asks to be registered") { room in
            try room.fill(RosettaRoom.Person.allCases, [.registration: .choice("approval")])
            try room.show(.register(nick: "hecate", by: Requester(jid: JID("hecate@shakespeare.example/cave"))))
        },
        RosettaScene("voice-requested", "thirdwitch asks for voice") { room in
            try room.fill(RosettaRoom.Person.allCases, [.isModerated: .flag(true)])
            try room.show(.requestVoice(room.seat(of: .crone)))
        },
    ]

    // MARK: Ranks and rules

    private static let ranks = [
        RosettaScene("role-changed", "thirdwitch loses her voice, and becomes a moderator") { room in
            try room.fill()
            for role in [Role.visitor, .moderator] {
                let change = RoleChange(nick: "thirdwitch", role: role, reason: "A worthy witch")
                try room.show(.setRoles([change], by: room.requester(.hag)))
            }
        },
        RosettaScene("kicked", "thirdwitch is kicked") { room in
            try room.fill()
            let kick = RoleChange(nick: "thirdwitch", role: .none, reason: "Avaunt, you cullion!")
            try room.show(.setRoles([kick], by: room.requester(.hag)))
        },
        RosettaScene("affiliation-changed", "thirdwitch becomes a member, and so does hecate who is not here") { room in
            try room.fill()
            for jid in ["crone1@shakespeare.example", "hecate@shakespeare.example"] {
                let change = AffiliationChange(
                    target: .jid(try JID(jid)), affiliation: .member, reason: "A worthy witch")
                try room.show(.setAffiliations([change], by: room.requester(.hag)))
            }
        },
        RosettaScene("banned", "thirdwitch is banned") { room in
            try room.fill()
            let ban = AffiliationChange(
                target: .jid(try JID("crone1@shakespeare.example")), affiliation: .outcast, reason: "Treason")
            try room.show(.setAffiliations([ban], by: room.requester(.hag)))
        },
        RosettaScene("membership-lost", "the room becomes members-only, and thirdwitch loses her membership") { room in
            try room.fill()
            let crone = AffiliationChange.Target.jid(try JID("crone1@shakespeare.example"))
            try room.prepare(
                .setAffiliations([AffiliationChange(target: crone, affiliation: .member)], by: room.requester(.hag)))
            try room.show(
                .configure(Configuration(settings: [.isMembersOnly: .flag(true)]), by: room.requester(.hag)))
            try room.show(
                .setAffiliations([AffiliationChange(target: crone, affiliation: .none)], by: room.requester(.hag)))
        },
        RosettaScene("configured", "the room shows addresses from now on, is logged, and has another title") { room in
            try room.fill()
            try room.show(
                .configure(
                    Configuration(settings: [
                        .whois: .choice("anyone"), .isLoggedPublicly: .flag(true), .title: .text("A Dark Cave"),
                    ]), by: room.requester(.hag)))
        },
        RosettaScene("configured-with-a-required-feature", "the room demands what groupchat 1.0 has not") { room in
            try room.fill()
            try room.show(
                .configure(
                    Configuration(settings: [.requiredFeatures: .lines(["urn:example:broom"])]),
                    by: room.requester(.hag)))
        },
    ]

    // MARK: A room ends

    private static let endings = [
        RosettaScene("destroyed", "firstwitch destroys the room") { room in
            try room.fill()
            let wish = Destruction(
                alternate: try JID("heath@chat.example"), password: "thunder", reason: "Macbeth doth come.")
            try room.show(.destroy(wish, by: room.requester(.hag)))
        },
        RosettaScene("shut-down", "the service goes down") { room in
            try room.fill()
            try room.show(.shutDown)
        },
    ]
}

extension RosettaRoom {
    /// Makes the room, with settings that differ from the defaults, and lets people in.
    mutating func fill(
        _ people: [Person] = Person.allCases, _ settings: [Setting: SettingValue] = [:]
    ) throws {
        try prepare(Self.entry(.hag))
        if !settings.isEmpty {
            try prepare(.configure(Configuration(settings: settings), by: requester(.hag)))
        }
        for person in people where person != .hag { try prepare(Self.entry(person)) }
    }
}
