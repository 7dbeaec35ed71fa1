// The commands of a walk that only channels know: joining, listening, nodes, retractions.

import XML
import XMPP

@testable import Rooms

extension Wanderer {
    /// Keeps in mind what the room gives away.
    mutating func hear(_ event: Event) {
        guard case .membership(.invited(let invitation)) = event else { return }
        invitations = (invitations + [invitation]).suffix(5)
    }

    static let topics: [Topics] = [
        .messages, .participants, .presence, .information, .subject, .addresses, .banned, .allowed, .own(0), .own(1),
        .avatarData, [],
    ]
    static let nodes = ["urn:x:news", "urn:x:more", "urn:x:third", NodeLibrary.avatarData, ""]
    static let drafts = ["mix", "mix-0.2.1", "mix-0.0.1", "mix-0"]

    /// Rules of which only members make much.
    mutating func channel(_ settings: inout [Setting: SettingValue]) {
        if chance(30) { settings[.whois] = .choice(pick(["moderators", "optional", "anyone"])) }
        for setting in [Setting.mandatoryNicks, .presenceRequired, .ownRetraction, .invitationAdmits, .isAdHoc]
        where chance(15) { settings[setting] = .flag(chance(50)) }
        for setting in [Setting.messagesReaders, .presenceReaders, .informationReaders] where chance(15) {
            settings[setting] = .choice(pick(Setting.audiences))
        }
        if chance(15) { settings[.adminRetraction] = .choice(pick(["nobody", "admins", "owners"])) }
        if chance(15) { settings[.missingNodes] = .lines(pick([[], ["presence"], ["avatar", "banned"]])) }
        if chance(25) { settings[.openPresence] = .flag(chance(80)) }
        if chance(2) { settings[.endOfLife] = .text("2026-11-21T09:00:00Z") }
    }

    private mutating func preferences() -> Preferences {
        Preferences(
            visibility: pick(Preferences.Visibility.allCases), takesLetters: chance(50), showsVCard: chance(50),
            sharesPresence: chance(80))
    }

    private mutating func topics() -> Topics { [pick(Self.topics), pick(Self.topics)] }

    /// A full address, or the bare one by which an account speaks for all of its clients.
    private mutating func address() -> JID { chance(30) ? pick(Self.people).bare : pick(Self.people) }

    private mutating func joining() -> Command.Joining {
        let invitation = invitations.isEmpty || chance(70) ? nil : pick(invitations)
        let address = chance(50) ? invitation?.invitee ?? address() : address()
        let listeners = (0..<pick([0, 1, 2])).map { _ in
            Command.Joining.Listening(
                address: chance(80) ? address : address.bare, dialect: DialectID(pick(Self.drafts)),
                showsPresence: chance(50))
        }
        return Command.Joining(
            address: address, domain: "mix.example",
            dialect: DialectID(pick(Self.drafts)), asked: (0..<pick([0, 1, 3])).map { _ in pick(Self.topics) },
            nick: chance(80) ? pick(Self.nicks) : nil, assignsNick: chance(30),
            preferences: chance(30) ? preferences() : nil, invitation: invitation, listeners: listeners)
    }

    mutating func membership(_ room: Room) -> Command.Membership {
        let dialect = DialectID(pick(Self.drafts))
        switch Int.random(in: 0..<105, using: &chance) {
        case 0..<25: return .join(joining())
        case 25..<33: return .leave(address())
        case 33..<41:
            return .subscribe(
                address(), add: chance(70) ? topics() : [], remove: chance(40) ? topics() : [], dialect: dialect,
                domain: "mix.example")
        case 41..<49: return .prefer(address(), preferences())
        case 49..<55: return .rename(address(), nick: chance(80) ? pick(Self.nicks) : nil)
        case 55..<63:
            return .listen(address(), dialect: dialect, domain: "mix.example", showsPresence: chance(50))
        case 63..<67: return .deafen(address())
        case 67..<83:
            return .appear(
                pick(Self.people), presence(), dialect: dialect, domain: "mix.example", isHeardFor: chance(40))
        case 83..<89: return .vanish(address(), payload: [])
        case 89..<92: return .expel(room.participantID(of: pick(Self.people)), by: requester(room))
        case 92..<96: return .invite(pick(Self.people), by: requester(room))
        case 96..<103:
            return .look(
                Command.Glance(
                    address: pick(Self.people), presence: chance(70) ? presence() : nil, nick: pick(Self.nicks),
                    dialect: dialect, domain: "mix.example"))
        default: return .pin(address(), dialect)
        }
    }

    mutating func retraction(_ room: Room) -> Command {
        guard let target = room.conversation.tail.randomElement(using: &chance) else { return .deadlineReached }
        let moderation = chance(40) ? RetractionWish.Moderation(reason: pick([nil, "r"])) : nil
        return .retract(
            RetractionWish(
                target: target, requester: requester(room), id: pick([nil, "r"]), moderation: moderation))
    }

    mutating func library(_ room: Room) -> Command.Library {
        let (node, requester) = (pick(Self.nodes), requester(room))
        switch Int.random(in: 0..<10, using: &chance) {
        case 0..<3: return .make(node: node, by: requester)
        case 3: return .drop(node: node, by: requester)
        case 4..<8:
            let payload = Element("entry", "urn:x:own") { pick(Self.nicks) }
            return .publish(
                id: pick([nil, "1", "2", "3"]), payload: chance(80) ? payload : nil, node: node, by: requester)
        default: return .remove(chance(80) ? [pick(["1", "2"])] : nil, node: node, by: requester)
        }
    }
}
