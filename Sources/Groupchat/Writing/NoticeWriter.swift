// What happens in a room, told in words to those who cannot read it as XML.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes textual notices for one view: messages from the room itself, in the reader's language (GC-050 … GC-055).
///
/// They are no events: nobody else gets them, and they are in no history, archive or mirror.
struct NoticeWriter {
    let room: Room
    let view: View
    let address: RoomAddress

    private var words: Phrasebook { Phrasebook.of(view.language) }

    /// A notice in the reader's language.
    func notice(_ text: String) -> Template { notice(text, in: words.language) }

    private func notice(_ text: String, in language: String?) -> Template {
        Template(.message) { writer in
            writer.attribute("from", address.text)
            writer.attribute("type", StanzaType.groupchat.rawValue)
            if let language { writer.language(language) }
            writer.open("body", NS.client)
            writer.text(text)
            writer.close()
        }
    }

    /// A notice whose words the room may choose, in the room's language then; without words there is none.
    private func chosen(_ setting: Setting, _ phrase: Phrase, _ values: String...) -> [Template] {
        guard room.settings[setting] != setting.default else { return [notice(phrase.filled(values))] }
        let own = room.settings.text(setting)
        guard !own.isEmpty else { return [] }
        let language = room.settings.language
        return [notice(Phrase(own).filled(values), in: language.isEmpty ? nil : language)]
    }

    // MARK: Coming and going

    func entered(_ nick: String) -> [Template] { chosen(.noticeOfJoin, words.joined, nick) }

    func renamed(_ old: String, to new: String) -> [Template] { chosen(.noticeOfRename, words.renamed, old, new) }

    func left(_ nick: String) -> [Template] { chosen(.noticeOfLeave, words.left, nick) }

    /// Somebody went, or was made to go.
    func left(_ departure: Event.Departure) -> [Template] {
        guard let removal = removal(departure) else { return left(departure.person.nick) }
        return [removal]
    }

    /// What was done to somebody, for itself too; nil where it left by itself or its connection was lost.
    func removal(_ departure: Event.Departure) -> Template? {
        let nick = departure.person.nick
        switch departure.cause {
        case .own, .technical: return nil
        case .kicked(_, let reason): return notice(words.kicked.filled(nick), because: reason)
        case .banned(_, let reason): return notice(words.banned.filled(nick), because: reason)
        case .lostMembership(_, let reason): return notice(words.lostMembership.filled(nick), because: reason)
        case .becameMembersOnly: return notice(words.becameMembersOnly.filled(nick))
        case .missesFeature(let feature): return notice(words.missesFeature.filled(nick, feature))
        }
    }

    private func notice(_ text: String, because reason: String?) -> Template {
        guard let reason, !reason.isEmpty else { return notice(text) }
        return notice("\(text): \(reason)")
    }

    // MARK: The room

    /// What a newcomer should know of the room before it speaks (GC-025).
    var warnings: [Template] {
        var sentences: [Phrase] = []
        if room.settings.isOpen { sentences.append(words.jidsVisible) }
        if room.settings.isLoggedPublicly { sentences.append(words.logged) }
        guard !sentences.isEmpty else { return [] }
        return [notice(sentences.map { $0.filled() }.joined(separator: " "))]
    }

    /// The status codes of a new configuration in words (GC-052).
    func configured(_ changed: [Setting: SettingValue]) -> [Template] {
        var sentences: [String] = []
        var others = changed
        if let logging = others.removeValue(forKey: .isLoggedPublicly) {
            sentences.append((logging == .flag(true) ? words.loggingOn : words.loggingOff).filled())
        }
        if let whois = others.removeValue(forKey: .whois) {
            sentences.append((whois == .choice("anyone") ? words.jidsShown : words.jidsHidden).filled())
        }
        if case .lines(let features)? = others[.requiredFeatures], !features.isEmpty {
            others[.requiredFeatures] = nil
            sentences.append(words.featuresRequired.filled(features.joined(separator: ", ")))
        }
        if !others.isEmpty { sentences.append(words.configured.filled()) }
        return sentences.isEmpty ? [] : [notice(sentences.joined(separator: " "))]
    }

    /// The end of the room, and where it goes on (GC-063).
    func ended(_ destruction: Destruction) -> Template {
        let end = destruction.alternate.map { words.moved.filled($0.description) } ?? words.destroyed.filled()
        return notice(end, because: destruction.reason)
    }

    var shutDown: Template { notice(words.shutDown.filled()) }

    // MARK: The reader

    /// The reader may speak now, or may not any more (XD-111).
    func voice(_ former: Role?, _ role: Role) -> [Template] {
        guard let former else { return [] }
        if former < .participant, role >= .participant { return [notice(words.voiceGranted.filled())] }
        if former >= .participant, role < .participant { return [notice(words.voiceRevoked.filled())] }
        return []
    }

    func declined(_ sent: Event.DeclineSent) -> Template {
        notice(words.declined.filled(sent.decliner.description), because: sent.decline.reason)
    }
}
