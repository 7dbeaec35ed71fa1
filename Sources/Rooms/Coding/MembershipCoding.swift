// Memberships, retractions and published items as bytes.

import XMPP

extension ByteWriter {
    mutating func enrolment(_ enrolment: Enrolment) {
        text(enrolment.id.text)
        jid(enrolment.jid)
        optional(enrolment.nick) { $0.text($1) }
        number(enrolment.topics.rawValue)
        byte(enrolment.preferences.visibility.rawValue)
        flag(enrolment.preferences.takesLetters)
        flag(enrolment.preferences.showsVCard)
        flag(enrolment.preferences.sharesPresence)
        text(enrolment.dialect.text)
        text(enrolment.domain)
        flag(enrolment.isParticipant)
    }

    mutating func places(_ places: Places) {
        byte(places.account.rawValue)
        list(places.clients) { writer, client in
            writer.jid(client.address)
            writer.text(client.dialect.text)
        }
    }

    mutating func token(_ token: InvitationToken) {
        number(token.number)
        moment(token.until)
    }

    mutating func membership(_ happening: Event.Membership) {
        switch happening {
        case .joined(let joining):
            stamp(joining.stamp)
            enrolment(joining.enrolment)
            person(joining.person)
            flag(joining.isNew)
            optional(joining.token) { $0.token($1) }
        case .changed(let change):
            stamp(change.stamp)
            enrolment(change.enrolment)
            person(change.person)
            flag(change.changesSight)
        case .withdrawn(let withdrawal):
            stamp(withdrawal.stamp)
            enrolment(withdrawal.enrolment)
            person(withdrawal.person)
        case .placed(let placing):
            stamp(placing.stamp)
            text(placing.id.text)
            places(placing.places)
        case .listening, .deafened, .retuned, .invited, .sighted, .vanished: break
        }
    }

    mutating func renaming(_ renaming: Event.Renaming, _ stamp: Stamp) {
        self.stamp(stamp)
        person(renaming.person)
        text(renaming.oldNick)
    }

    mutating func retraction(_ retraction: Event.Retraction) {
        stamp(retraction.stamp)
        text(retraction.archiveID)
        text(retraction.id)
        text(retraction.target)
        number(retraction.targetSeq)
        text(retraction.targetID)
        text(retraction.speaker.text)
        person(retraction.by)
        flag(retraction.isModeration)
        optional(retraction.reason) { $0.text($1) }
        flag(retraction.isArchived)
        flag(retraction.wasOpen)
    }

    mutating func item(_ item: NodeLibrary.Item) {
        text(item.id)
        optional(item.publisher?.text) { $0.text($1) }
        optional(item.payload) { $0.element($1) }
    }

    mutating func library(_ happening: Event.Library) {
        stamp(happening.stamp)
        number(happening.topic.rawValue)
        switch happening {
        case .made(let making), .dropped(let making): text(making.node)
        case .published(let publication):
            text(publication.node)
            item(publication.item)
            count(publication.keeps)
        case .removed(let removal):
            text(removal.node)
            list(removal.ids) { $0.text($1) }
            flag(removal.isPurge)
        }
    }
}

extension ByteReader {
    mutating func enrolment() throws(CodingFault) -> Enrolment {
        let (id, jid, nick) = (ParticipantID(try text()), try jid(), try optionalText())
        let topics = Topics(rawValue: try number())
        let visibility = try byte()
        guard let visibility = Preferences.Visibility(rawValue: visibility) else { throw .unknownKind(visibility) }
        let preferences = Preferences(
            visibility: visibility, takesLetters: try flag(), showsVCard: try flag(), sharesPresence: try flag())
        return Enrolment(
            id: id, jid: jid.bare, nick: nick, topics: topics, preferences: preferences,
            dialect: DialectID(try text()), domain: try text(), isParticipant: try flag())
    }

    mutating func places() throws(CodingFault) -> Places {
        let number = try byte()
        guard let account = Places.Account(rawValue: number) else { throw .unknownKind(number) }
        let clients = try list { reader throws(CodingFault) in
            Places.Client(address: try reader.jid(), dialect: DialectID(try reader.text()))
        }
        return Places(account: account, clients: clients)
    }

    mutating func placing() throws(CodingFault) -> Event.Placing {
        Event.Placing(stamp: try stamp(), id: ParticipantID(try text()), places: try places())
    }

    mutating func token() throws(CodingFault) -> InvitationToken {
        InvitationToken(number: try number(), until: try moment())
    }

    mutating func joining() throws(CodingFault) -> Event.Joining {
        Event.Joining(
            stamp: try stamp(), enrolment: try enrolment(), person: try person(), isNew: try flag(),
            token: try optional { reader throws(CodingFault) in try reader.token() })
    }

    mutating func membershipChange() throws(CodingFault) -> Event.MembershipChange {
        Event.MembershipChange(
            stamp: try stamp(), enrolment: try enrolment(), person: try person(), changesSight: try flag())
    }

    /// Why somebody left stands in the notes.
    mutating func withdrawal() throws(CodingFault) -> Event.Withdrawal {
        Event.Withdrawal(
            stamp: try stamp(), enrolment: try enrolment(), person: try person(), seats: [], cause: .own)
    }

    mutating func renaming() throws(CodingFault) -> Event.Renaming {
        let (stamp, person, oldNick) = (try stamp(), try person(), try text())
        return Event.Renaming(person: person, oldNick: oldNick, time: stamp.time, stamp: stamp)
    }

    mutating func retraction() throws(CodingFault) -> Event.Retraction {
        Event.Retraction(
            stamp: try stamp(), archiveID: try text(), id: try text(), target: try text(),
            targetSeq: try sequence(), targetID: try text(), speaker: ParticipantID(try text()), by: try person(),
            isModeration: try flag(), reason: try optionalText(), isArchived: try flag(), wasOpen: try flag())
    }

    mutating func item() throws(CodingFault) -> NodeLibrary.Item {
        NodeLibrary.Item(
            id: try text(), publisher: try optionalText().map(ParticipantID.init),
            payload: try optional { reader throws(CodingFault) in try reader.element() })
    }

    mutating func library(_ kind: EventCoding.Kind) throws(CodingFault) -> Event.Library {
        let (stamp, topic) = (try stamp(), Topics(rawValue: try number()))
        let node = try text()
        switch kind {
        case .nodeMade: return .made(.init(stamp: stamp, node: node, topic: topic))
        case .nodeDropped: return .dropped(.init(stamp: stamp, node: node, topic: topic))
        case .itemPublished:
            let item = try item()
            let keeps = Int(min(try number(), 1_000))
            return .published(.init(stamp: stamp, node: node, topic: topic, item: item, keeps: keeps))
        default:
            let ids = try list { reader throws(CodingFault) in try reader.text() }
            return .removed(.init(stamp: stamp, node: node, topic: topic, ids: ids, isPurge: try flag()))
        }
    }
}
