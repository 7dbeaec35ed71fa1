// What happens on the pages about those who joined: channels, and what is published in them.

import Rooms
import XML
import XMPP

extension RosettaScene {
    static let members = [
        RosettaScene("joined", "hecate joins for good, and joins once more") { room in
            try room.fill()
            try room.show(RosettaRoom.join())
            try room.show(RosettaRoom.join(nodes: [.messages, .subject, .participants]))
        },
        RosettaScene("joined-openly", "hecate joins where everybody sees addresses") { room in
            try room.fill(RosettaRoom.Person.allCases, [.whois: .choice("anyone")])
            try room.show(RosettaRoom.join())
        },
        RosettaScene("member-appears", "hecate, who joined, is online, and away, and offline") { room in
            try room.fill()
            try room.prepare(RosettaRoom.join())
            for show in [nil, "away"] {
                try room.show(
                    .membership(
                        .appear(
                            RosettaRoom.hecate, RosettaRoom.presence(show: show), dialect: DialectID("mix"),
                            domain: RosettaPage.channels, isHeardFor: false)))
            }
            try room.show(.membership(.vanish(RosettaRoom.hecate, payload: [])))
        },
        RosettaScene("member-speaks", "hecate, who joined and is not online, says something") { room in
            try room.fill()
            try room.prepare(RosettaRoom.join())
            let words = RosettaRoom.words("O well done! I commend your pains.")
            try room.show(.say(room.seatOfHecate, words))
        },
        RosettaScene("member-renamed", "hecate has another nick") { room in
            try room.fill()
            try room.prepare(RosettaRoom.join())
            try room.show(.membership(.rename(RosettaRoom.hecate.bare, nick: "queen of witches")))
        },
        RosettaScene("membership-changed", "hecate shows her address where that is hers to say") { room in
            try room.fill(RosettaRoom.Person.allCases, [.whois: .choice("optional")])
            try room.prepare(RosettaRoom.join())
            try room.show(.membership(.prefer(RosettaRoom.hecate.bare, Preferences(visibility: .always))))
        },
        RosettaScene("withdrawn", "hecate leaves for good") { room in
            try room.fill()
            try room.prepare(RosettaRoom.join())
            try room.show(.membership(.leave(RosettaRoom.hecate.bare)))
        },
        RosettaScene("member-banned", "hecate, who is away, is banned") { room in
            try room.fill()
            try room.prepare(RosettaRoom.join())
            let ban = AffiliationChange(target: .jid(RosettaRoom.hecate.bare), affiliation: .outcast)
            try room.show(.setAffiliations([ban], by: room.requester(.hag)))
        },
        RosettaScene("listening", "another client of hecate listens, turns out to speak 0.2.1, and is gone") { room in
            try room.fill()
            try room.prepare(RosettaRoom.join())
            let other = try JID("hecate@shakespeare.example/phone")
            try room.show(
                .membership(
                    .listen(other, dialect: DialectID("mix-0"), domain: RosettaPage.channels, showsPresence: false)))
            try room.show(.membership(.pin(other, DialectID("mix-0.2.1"))))
            try room.show(.membership(.deafen(other)))
        },
        RosettaScene("placed", "a client of another server joins for itself, comes, and is available no more") { room in
            try room.fill()
            let (witch, mix) = (try JID("witch@elsewhere.example/broom"), DialectID("mix"))
            try room.show(
                .membership(
                    .join(
                        .init(
                            address: witch, domain: RosettaPage.channels, dialect: mix, asked: [.messages],
                            nick: "fourthwitch",
                            listeners: [.init(address: witch, dialect: mix, showsPresence: true)]))))
            try room.show(.membership(.deafen(witch)))
        },
        RosettaScene("invitation-made", "firstwitch gets an invitation to pass on") { room in
            try room.fill()
            try room.show(.membership(.invite(RosettaRoom.hecate.bare, by: room.requester(.hag))))
        },
        RosettaScene("retracted", "thirdwitch takes back what she said, and firstwitch what secondwitch said") { room in
            try room.fill(RosettaRoom.Person.allCases, [.ownRetraction: .flag(true)])
            for person in [RosettaRoom.Person.crone, .wicca] {
                try room.prepare(.say(room.seat(of: person), RosettaRoom.words("Fillet of a fenny snake")))
            }
            let said = room.room.conversation.tail
            try room.show(.retract(RetractionWish(target: said[0], requester: room.requester(.crone))))
            try room.show(
                .retract(
                    RetractionWish(
                        target: said[1], requester: room.requester(.hag), moderation: .init(reason: "Too much venom"))))
        },
        RosettaScene("published", "firstwitch makes a node, publishes in it, and takes it away") { room in
            try room.fill()
            let (node, hag) = ("urn:example:recipes", try room.requester(.hag))
            try room.show(.library(.make(node: node, by: hag)))
            let recipe = Element("recipe", "urn:example:recipes") { "Eye of newt" }
            try room.show(.library(.publish(id: "newt", payload: recipe, node: node, by: hag)))
            try room.show(.library(.remove(["newt"], node: node, by: hag)))
            try room.show(.library(.drop(node: node, by: hag)))
        },
    ]
}

extension RosettaRoom {
    static var hecate: JID {
        guard let jid = try? JID("hecate@shakespeare.example/cave") else { preconditionFailure("an address") }
        return jid
    }

    /// The wish of hecate to join, from a client that listens.
    static func join(nodes: [Topics] = [.messages, .participants, .presence]) -> Command {
        .membership(
            .join(
                .init(
                    address: hecate, domain: RosettaPage.channels, dialect: DialectID("mix"), asked: nodes,
                    nick: "hecate",
                    listeners: [.init(address: hecate, dialect: DialectID("mix"), showsPresence: true)])))
    }

    var seatOfHecate: SeatID {
        get throws {
            guard let seat = room.seating[address: Self.hecate] else { throw StageFault("hecate does not listen") }
            return seat.id
        }
    }
}
