// Commands by chance, for walks through everything that can happen to a room.

import XML
import XMPP

@testable import Rooms

/// Makes random commands, most of them sensible for the room as it is.
struct Wanderer {
    var chance: Seeded
    static let people = [
        ada, adaPhone, bo, boDesk, cy, jid("dee@d.example/a"), jid("dee@d.example/b"), jid("eve@b.example/x"),
        jid("bot.example/bot"),
    ]
    /// Invitations that the room made lately.
    var invitations: [ChannelInvitation] = []
    static let nicks = ["ada", "bo", "BO", "cy", "dee", "Dee ", "eve", "x", "", "日本"]
    static let targets = people.map(\.bare) + [jid("b.example"), jid("d.example"), jid("bot.example")]

    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &chance)]
    }
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &chance) < percent }

    mutating func presence() -> SeatPresence {
        SeatPresence(payload: [Element("show", NS.client) { pick(["away", "xa"]) }], priority: pick([-1, 0, 1]))
    }

    mutating func requester(_ room: Room) -> Requester {
        let address = pick(Self.people)
        return Requester(jid: address, seat: room.seating[address: address]?.id, isOperator: chance(5))
    }

    mutating func seat(_ room: Room) -> SeatID {
        chance(3)
            ? SeatID(UInt64.random(in: 0...50, using: &chance))
            : room.seating.all.isEmpty
                ? SeatID(0) : pick(room.seating.all).id
    }

    mutating func words() -> Utterance {
        let payload: [Element] = pick([
            [Element("body", NS.client) { "hi" }], [Element("composing", NS.chatStates)], [],
            [Element("body", NS.client) { String(repeating: "x", count: 3_000) }, Element("no-store", NS.hints)],
        ])
        return Utterance(id: pick([nil, "m"]), type: .groupchat, payload: payload)
    }

    mutating func entry() -> Command {
        .enter(
            Entry(
                address: pick(Self.people), domain: "rooms.example", dialect: DialectID(pick(["muc", "groupchat"])),
                nick: pick(Self.nicks), tolerance: pick([.orHeld, .exactly]),
                creation: pick([.locked, .open, .never]), password: pick([nil, nil, "p"]), presence: presence(),
                features: pick([[], ["urn:x:one"]])))
    }

    mutating func configuration() -> Configuration {
        var settings: [Setting: SettingValue] = [:]
        for setting in [Setting.isMembersOnly, .isModerated, .nicksLocked, .isArchived, .invitationsByParticipants]
        where chance(20) { settings[setting] = .flag(chance(50)) }
        channel(&settings)
        if chance(5) { settings[.isPersistent] = .flag(chance(50)) }
        if chance(30) { settings[.registration] = .choice(pick(["open", "approval", "closed"])) }
        if chance(10) { settings[.password] = .text(pick(["", "p"])) }
        if chance(10) { settings[.maxOccupants] = .number(pick([nil, 1, 3, -4])) }
        if chance(25) { settings[.requiredFeatures] = .lines(pick([[], ["urn:x:one"]])) }
        if chance(10) { settings[.presenceBroadcast] = .roles(pick([[.moderator], [.moderator, .participant]])) }
        return Configuration(
            settings: settings, owners: chance(10) ? [pick(Self.targets), pick(Self.targets)] : nil,
            admins: chance(10) ? [pick(Self.targets)] : nil)
    }

    mutating func ruling(_ room: Room) -> Command {
        switch Int.random(in: 0..<12, using: &chance) {
        case 0..<3:
            let changes = (0...pick([0, 0, 1])).map { _ in
                RoleChange(nick: pick(Self.nicks), role: pick(Role.allCases), reason: pick([nil, "r"]))
            }
            return .setRoles(changes, by: requester(room))
        case 3..<7:
            let changes = (0...pick([0, 0, 2])).map { _ in
                AffiliationChange(
                    target: chance(80) ? .jid(pick(Self.targets)) : .nick(pick(Self.nicks)),
                    affiliation: pick(Affiliation.allCases), nick: chance(20) ? pick(Self.nicks) : nil)
            }
            return .setAffiliations(changes, by: requester(room))
        case 7: return .configure(configuration(), by: requester(room))
        case 8:
            return .invite(Invitation(invitees: [pick(Self.people)], id: pick([nil, "m"])), by: requester(room))
        case 9:
            if chance(20) {
                return .answerRegistration(of: pick(Self.people), grants: true, by: requester(room))
            }
            let wish = Command.register(nick: pick(Self.nicks), by: requester(room))
            return chance(60) ? wish : .unregister(by: requester(room))
        case 10:
            return .giveBack(
                id: "m", from: pick(Self.people), isInvitation: chance(50), StanzaError(.notAcceptable))
        default: return .decline(Decline(target: .nick(pick(Self.nicks))), by: pick(Self.people))
        }
    }

    mutating func command(_ room: Room) -> Command {
        switch Int.random(in: 0..<1_500, using: &chance) {
        case 0..<300: return entry()
        case 300..<400: return .updatePresence(seat(room), presence())
        case 400..<450: return .rename(seat(room), nick: pick(Self.nicks))
        case 450..<530: return .leave(seat(room), payload: [])
        case 530..<550: return .remove(seat(room), because: "gone")
        case 550..<680: return .say(seat(room), words())
        case 680..<700: return .whisper(seat(room), to: room.participantID(of: pick(Self.people)), words())
        case 700..<730:
            let subject = Utterance(id: "s", type: .groupchat, payload: [Element("subject", NS.client) { "t" }])
            return .setSubject(seat(room), subject)
        case 730..<738:
            guard chance(30) else { return .requestVoice(seat(room)) }
            return .answerVoiceRequest(of: pick(Self.people), grants: chance(80), by: requester(room))
        case 738..<750:
            return .resync(
                seat(room), dialect: DialectID("muc"), history: HistoryRequest(), presence: presence(), answering: "r")
        case 750..<985: return ruling(room)
        case 985..<989: return chance(50) ? .abandon(by: requester(room)) : .found(by: requester(room))
        case 989: return .clearAffiliations(pick([.member, .outcast]), by: requester(room))
        case 990..<992: return .destroy(Destruction(reason: "r"), by: requester(room))
        case 992..<994: return .shutDown
        case 994..<1_000: return .deadlineReached
        case 1_000..<1_400: return .membership(membership(room))
        case 1_400..<1_440: return retraction(room)
        default: return .library(library(room))
        }
    }
}
