// Changes of rank and rules, as occupants read them.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes roles, affiliations and configuration changes (XEP-0045 §8–§10).
struct GovernanceWriter {
    let room: Room
    let view: View

    func write(_ happening: Event.Governance) -> [Template] {
        switch happening {
        case .roleChanged(let change): return ranked(change)
        case .affiliationChanged(let change):
            if change.isSilent || change.removes { return [] }
            return change.person == nil ? [absent(change)] : ranked(change)
        case .configured(let change): return change.isFirst ? [] : [configured(change)]
        }
    }

    // MARK: People

    private func ranked(_ change: Event.RankChange) -> [Template] {
        guard let person = change.person else { return [] }
        let presences = PresenceWriter(room, for: view)
        let mark = { (presence: inout OccupantPresence) -> Void in
            presence.item?.blame(change.actor, reason: change.reason, in: room)
        }
        switch view.relation {
        case .own(let id):
            guard let seat = room.seating[id] else { return [] }
            return [presences.own(seat, person, mark)] + revealed(to: person, after: change)
        case .other:
            // the role may cross the edge of what the room broadcasts (MUC-139)
            let visible = room.settings.presenceBroadcast
            if visible.contains(person.role) { return [presences.shown(person, mark)] }
            guard let former = change.formerRole, visible.contains(former) else { return [] }
            return [presences.gone(person) { _ in }]
        }
    }

    /// A moderator is asked to give somebody voice (MUC-231).
    func asked(_ request: Event.VoiceRequest) -> Template {
        Template(.message) { writer in
            writer.attribute("from", RoomAddress(room, view.domain).text)
            writer.element(VoiceForm.asking(for: request.person).element)
        }
    }

    /// Whoever becomes moderator sees from now on who everybody is (MUC-011).
    private func revealed(to person: Person, after change: Event.RankChange) -> [Template] {
        guard !room.settings.isOpen, person.role == .moderator, change.formerRole != .moderator else { return [] }
        let sight = View(dialect: view.dialect, domain: view.domain, seesJIDs: true)
        let presences = PresenceWriter(room, for: sight)
        return room.roster.all.filter { $0.id != person.id }.sorted { $0.nick < $1.nick }.compactMap {
            presences.forNewcomers($0.id)
        }
    }

    /// Somebody who is not here has another affiliation (MUC-292).
    private func absent(_ change: Event.RankChange) -> Template {
        var item = OccupantPresence.Item(affiliation: change.affiliation, role: .none, jid: change.jid)
        item.reason = change.reason
        return Template(.message) { writer in
            writer.attribute("from", RoomAddress(room, view.domain).text)
            writer.open("x", NS.mucUser)
            item.write(into: &writer)
            writer.close()
        }
    }

    // MARK: Rules

    /// What changed, as codes only: no body, no history, no occupant-id (MUC-316, MUC-318).
    private func configured(_ change: Event.Reconfiguration) -> Template {
        let codes = Self.codes(of: change)
        return Template(.message) { writer in
            writer.attribute("from", RoomAddress(room, view.domain).text)
            writer.attribute("type", StanzaType.groupchat.rawValue)
            writer.open("x", NS.mucUser)
            writer.statuses(codes)
            writer.close()
        }
    }

    private static func codes(of change: Event.Reconfiguration) -> Set<StatusCode> {
        var codes: Set<StatusCode> = []
        for (setting, value) in change.changed {
            switch (setting, value) {
            case (.isLoggedPublicly, .flag(true)): codes.insert(.loggingOn)
            case (.isLoggedPublicly, .flag(false)): codes.insert(.loggingOff)
            case (.whois, .choice("anyone")): codes.insert(.nowNonAnonymous)
            case (.whois, .choice("moderators")), (.whois, .choice("optional")): codes.insert(.nowSemiAnonymous)
            default: codes.insert(.configurationChanged)
            }
        }
        return codes
    }
}
