// Random events of every kind, from a seed.

import XML
import XMPP

@testable import Rooms

/// Makes events with everything an event may hold, whether a room would make them or not.
struct EventGenerator {
    var chance: Seeded
    private static let texts = ["", "x", "bo", "Grüße", "日本語", "a\nb", "<&>'\"", "\u{1F431}", "spam and eggs"]
    private static let addresses = [ada, bo, cy, jid("b.example"), jid("ünï@ex.example/Bureau é"), ada.bare]

    init(_ seed: UInt64) { chance = Seeded(seed) }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &chance)]
    }
    private mutating func flip() -> Bool { Bool.random(using: &chance) }
    private mutating func text() -> String { pick(Self.texts) }
    private mutating func maybe<Value>(_ value: Value) -> Value? { flip() ? value : nil }
    private mutating func address() -> JID { pick(Self.addresses) }
    private mutating func moment() -> Moment {
        Moment(milliseconds: Int64.random(in: -1_000...253_402_300_799_999, using: &chance))
    }
    private mutating func stamp() -> Stamp {
        Stamp(seq: UInt64.random(in: 0..<UInt64(Int64.max), using: &chance), time: moment())
    }
    private mutating func person() -> Person {
        Person(
            id: ParticipantID(text()), jid: address(), nick: text(), affiliation: pick(Affiliation.allCases),
            role: pick(Role.allCases))
    }
    private mutating func actor() -> Event.Actor { Event.Actor(nick: maybe(text()), jid: address()) }

    private mutating func element() -> Element {
        let (words, attribute, isDeep) = (text(), maybe(text()), flip())
        return Element(pick(["body", "subject", "x"]), pick([NS.client, "urn:x:own"]), ["a": attribute]) {
            words
            if isDeep { Element("y", "urn:x:inner") { words } }
        }
    }

    private mutating func settings() -> [Setting: SettingValue] {
        var settings: [Setting: SettingValue] = [:]
        for setting in Setting.allCases where flip() {
            settings[setting] =
                switch setting.kind {
                case .flag: .flag(flip())
                case .text: .text(text())
                case .number: .number(maybe(Int.random(in: -5...20_000, using: &chance)))
                case .choice(let words): .choice(pick(words))
                case .roles: .roles(Set(Role.allCases.filter { _ in flip() }))
                case .lines: .lines((0..<Int.random(in: 0...3, using: &chance)).map { _ in text() })
                }
        }
        return settings
    }

    private mutating func message() -> Event.Message {
        Event.Message(
            stamp: stamp(), archiveID: text(), speaker: person(), id: text(), language: maybe("de"),
            payload: (0..<Int.random(in: 0...3, using: &chance)).map { _ in element() }, isArchived: true,
            isHistory: flip(), wasOpen: flip())
    }

    private mutating func topics() -> Topics { Topics(rawValue: UInt64.random(in: 0..<1 << 32, using: &chance)) }

    private mutating func enrolment() -> Enrolment {
        let preferences = Preferences(
            visibility: pick(Preferences.Visibility.allCases), takesLetters: flip(), showsVCard: flip(),
            sharesPresence: flip())
        return Enrolment(
            id: ParticipantID(text()), jid: address().bare, nick: maybe(text()), topics: topics(),
            preferences: preferences, dialect: DialectID(text()), domain: text(), isParticipant: flip())
    }

    private mutating func places() -> Places {
        let clients = (0..<Int.random(in: 0...3, using: &chance)).map { _ in
            Places.Client(address: address(), dialect: DialectID(text()))
        }
        return Places(account: pick(Places.Account.allCases), clients: clients)
    }

    private mutating func token() -> InvitationToken {
        InvitationToken(number: chance.next(), until: moment())
    }

    private mutating func membership() -> Event.Membership {
        switch Int.random(in: 0..<4, using: &chance) {
        case 3:
            .placed(Event.Placing(stamp: stamp(), id: ParticipantID(text()), places: places()))
        case 0:
            .joined(
                Event.Joining(
                    stamp: stamp(), enrolment: enrolment(), person: person(), isNew: flip(), token: maybe(token())))
        case 1:
            .changed(
                Event.MembershipChange(stamp: stamp(), enrolment: enrolment(), person: person(), changesSight: flip()))
        default:
            .withdrawn(
                Event.Withdrawal(stamp: stamp(), enrolment: enrolment(), person: person(), seats: [], cause: .own))
        }
    }

    private mutating func library() -> Event.Library {
        switch Int.random(in: 0..<4, using: &chance) {
        case 0: .made(.init(stamp: stamp(), node: text(), topic: topics()))
        case 1: .dropped(.init(stamp: stamp(), node: text(), topic: topics()))
        case 2:
            .published(
                .init(
                    stamp: stamp(), node: text(), topic: topics(),
                    item: NodeLibrary.Item(
                        id: text(), publisher: maybe(ParticipantID(text())), payload: maybe(element())),
                    keeps: Int.random(in: 0...1_000, using: &chance)))
        default:
            .removed(.init(stamp: stamp(), node: text(), topic: topics(), ids: [text(), text()], isPurge: flip()))
        }
    }

    private mutating func retraction() -> Event.Retraction {
        Event.Retraction(
            stamp: stamp(), archiveID: text(), id: text(), target: text(), targetSeq: stamp().seq, targetID: text(),
            speaker: ParticipantID(text()), by: person(), isModeration: flip(), reason: maybe(text()),
            isArchived: flip(), wasOpen: flip())
    }

    private mutating func renaming() -> Event.Renaming {
        let stamp = stamp()
        return Event.Renaming(person: person(), oldNick: text(), time: stamp.time, stamp: stamp)
    }

    private mutating func lifecycle() -> Event.Lifecycle {
        switch Int.random(in: 0..<3, using: &chance) {
        case 0:
            var values = Settings()
            for (setting, value) in settings() { values[setting] = value }
            let secret = RoomSecret((0..<32).map { _ in UInt8.random(in: 0...255, using: &chance) })
            return .created(
                Event.Creation(
                    stamp: stamp(), secret: secret, owner: address(), isLocked: flip(), settings: values,
                    opensAt: maybe(moment())))
        case 1: return .unlocked(stamp())
        default:
            let wish = Destruction(alternate: maybe(address()), password: maybe(text()), reason: maybe(text()))
            let tombstone = Tombstone(until: moment(), alternate: maybe(address()), owners: [address()])
            return .destroyed(
                Event.Ending(stamp: stamp(), destruction: maybe(wish), seats: [], tombstone: maybe(tombstone)))
        }
    }

    /// An event of one of the kinds that are kept.
    mutating func kept() -> Event {
        switch Int.random(in: 0..<12, using: &chance) {
        case 0..<2: .lifecycle(lifecycle())
        case 2: .conversation(.said(message()))
        case 3: .conversation(.subjectChanged(message()))
        case 4: .conversation(.retracted(retraction()))
        case 5:
            .governance(
                .affiliationChanged(
                    Event.RankChange(
                        stamp: stamp(), jid: address(), person: maybe(person()),
                        formerRole: maybe(pick(Role.allCases)), affiliation: pick(Affiliation.allCases),
                        actor: maybe(actor()), reason: maybe(text()), reservedNick: maybe(text()), isSilent: flip(),
                        removes: flip(), time: moment(), registers: flip(), former: pick(Affiliation.allCases))))
        case 6:
            .governance(
                .configured(
                    Event.Reconfiguration(stamp: stamp(), changed: settings(), isFirst: flip(), by: actor())))
        case 7: .attendance(.renamed(renaming()))
        case 8..<10: .membership(membership())
        default: .library(library())
        }
    }

    /// Bytes with some of them changed, left out or added.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &chance) {
            let place = Int.random(in: 0...bytes.count, using: &chance)
            switch Int.random(in: 0..<5, using: &chance) {
            case 0: bytes = Array(bytes.prefix(place))
            case 1: bytes.insert(UInt8.random(in: 0...255, using: &chance), at: place)
            case 2 where place < bytes.count: bytes.remove(at: place)
            case 3 where place < bytes.count: bytes[place] = 255
            case _ where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
            default: break
            }
        }
        return bytes
    }
}
