// How the dialect is recognised, what it announces, and how it refuses.

import DialectKit
import Groupchat
import Rooms
import Testing
import XML
import XMPP

struct GroupchatDialectTests {
    @Test("only an unmarked presence to room/nick from an address without a seat may be an entry (GC-001, GC-005)")
    func claims() throws {
        var coven = try Coven()
        let room = coven.room
        func claim(_ text: String) throws -> Claim {
            coven.dialect.claim(try coven.inbound(Coven.crone, text), in: room)
        }
        #expect(try claim("<presence to='coven@chat.shakespeare.lit/thirdwitch'/>") == .perhaps)
        #expect(try claim("<presence to='coven@chat.shakespeare.lit'/>") == .no)
        #expect(try claim("<presence type='unavailable' to='coven@chat.shakespeare.lit/thirdwitch'/>") == .no)
        #expect(
            try claim("<presence to='coven@chat.shakespeare.lit/thirdwitch'><x xmlns='\(NS.muc)'/></presence>") == .no)
        #expect(try claim("<message type='groupchat' to='coven@chat.shakespeare.lit'><body>hi</body></message>") == .no)
        #expect(
            try claim(
                "<iq type='get' id='b' to='coven@chat.shakespeare.lit/firstwitch'><query xmlns='\(NS.browse)'/></iq>")
                == .surely)
        try coven.enter(Coven.crone, "thirdwitch")
        let seated = try coven.inbound(Coven.crone, "<presence to='coven@chat.shakespeare.lit/other'/>")
        #expect(coven.dialect.claim(seated, in: coven.room) == .no)
    }

    @Test("gc-1.0 is no feature in disco (GC-009)")
    func features() throws {
        let coven = try Coven()
        let asked = try coven.inbound(Coven.crone, "<message id='d' to='coven@chat.shakespeare.lit'/>")
        #expect(coven.dialect.face(of: coven.room, for: asked).features.isEmpty)
        let asker = ServiceAsker(asked.stanza, from: asked.from, domain: "chat.shakespeare.lit", mayCreate: true)
        #expect(coven.dialect.face(of: asked.service, for: asker).features.isEmpty)
        #expect(!DialectTable([coven.dialect]).handlers.features.contains(NS.groupchat))
    }

    @Test("a refused entry is an error from room/nick with the id of the presence and a number")
    func refusals() throws {
        let cases: [(Refusal, String)] = [
            (.passwordRequired, "<error type='auth' code='401' by='coven@chat.shakespeare.lit'><not-authorized"),
            (.membersOnly, "<error type='auth' code='407' by='coven@chat.shakespeare.lit'><registration-required"),
            (.banned, "<error type='auth' code='403' by='coven@chat.shakespeare.lit'><forbidden"),
            (.nickTaken, "<error type='cancel' code='409' by='coven@chat.shakespeare.lit'><conflict"),
            (.locked, "<error type='cancel' code='404' by='coven@chat.shakespeare.lit'><item-not-found"),
            (.nickHeld, "<error type='cancel' code='406' by='coven@chat.shakespeare.lit'><not-acceptable"),
            (.creationForbidden, "<error type='cancel' code='405' by='coven@chat.shakespeare.lit'><not-allowed"),
            (.roomMissing, "<error type='cancel' code='404' by='coven@chat.shakespeare.lit'><item-not-found"),
            (.nameUnwanted, "<error type='modify' code='400' by='coven@chat.shakespeare.lit'><jid-malformed"),
        ]
        let coven = try Coven()
        let asked = try coven.inbound(Coven.crone, "<presence id='e1' to='coven@chat.shakespeare.lit/thirdwitch'/>")
        for (refusal, error) in cases {
            let answer = coven.dialect.refusal(refusal, answering: asked, in: coven.room)
            let expected = try xml(
                "<presence type='error' id='e1' from='coven@chat.shakespeare.lit/thirdwitch' to='\(Coven.crone)'>"
                    + "\(error) xmlns='\(NS.stanzas)'/></error></presence>")
            #expect(answer.map { [$0.element] } == expected)
        }
    }

    @Test("a required feature is named to those who are refused for it (GC-023)")
    func requiredFeatures() throws {
        var coven = try Coven([.requiredFeatures: .lines(["urn:xmpp:message-correct:0"])])
        let told = try coven.enter(Coven.crone, "thirdwitch")
        #expect(
            try told.answers
                == xml(
                    """
                    <presence type='error' id='e1' from='coven@chat.shakespeare.lit/thirdwitch' \
                    to='crone1@shakespeare.lit/desktop'><error type='cancel' code='406' \
                    by='coven@chat.shakespeare.lit'><not-acceptable xmlns='\(NS.stanzas)'/>\
                    <text xmlns='\(NS.stanzas)' xml:lang='en'>This room requires features that your client does not \
                    have.</text><required-features xmlns='urn:x-parlance:features:0'>\
                    <feature var='urn:xmpp:message-correct:0'/></required-features></error></presence>
                    """))
        #expect(coven.room.roster.count == 1)
    }

    @Test("an optional feature keeps nobody out (GC-024)")
    func optionalFeatures() throws {
        var coven = try Coven([.optionalFeatures: .lines(["urn:xmpp:message-correct:0"])])
        try coven.enter(Coven.crone, "thirdwitch")
        #expect(coven.room.occupant("thirdwitch") != nil)
    }

    @Test("a room that was made without entering it is there, and can be entered (GC-060)")
    func foundedFromOutside() throws {
        var coven = try Coven()
        coven.room = Room(name: coven.room.name)
        let hag = Requester(jid: try JID(Coven.hag))
        try coven.command(.found(by: hag))
        #expect(coven.room.state == .open && coven.room.settings.isPersistent && coven.room.roster.count == 0)
        try coven.enter(Coven.crone, "thirdwitch")
        #expect(coven.room.occupant("thirdwitch")?.role == .participant)
        #expect(throws: Refusal.roomExists) { try coven.room.decide(.found(by: hag), in: coven.context) }
        coven.room = Room(name: coven.room.name)
        coven.context.mayCreate = false
        #expect(throws: Refusal.creationForbidden) { try coven.room.decide(.found(by: hag), in: coven.context) }
    }

    @Test("a reader's language is that of its entry, else the room's, else English (GC-053)")
    func languages() throws {
        let plain = try Coven()
        #expect(plain.dialect.language(for: "de-AT", in: plain.room) == "de")
        #expect(plain.dialect.language(for: "tlh", in: plain.room) == "en")
        #expect(plain.dialect.language(for: nil, in: plain.room) == "en")
        let french = try Coven([.language: .text("fr")])
        #expect(french.dialect.language(for: nil, in: french.room) == "fr")
        #expect(french.dialect.language(for: "es", in: french.room) == "es")
    }

    @Test("what is said reads the same for everybody; what needs words does not")
    func facets() throws {
        var coven = try Coven.withCrone()
        let said = try coven.send(
            Coven.crone, "<message type='groupchat' to='coven@chat.shakespeare.lit'><body>hi</body></message>")
        #expect(coven.dialect.facets(of: said.events[0], in: coven.room) == [])
        let entered = try coven.enter(Coven.wicca, "secondwitch")
        #expect(coven.dialect.facets(of: entered.events[0], in: coven.room) == [.sight, .relation, .language])
    }

    @Test("people are known by room/nick")
    func addresses() throws {
        let coven = try Coven()
        let person = try #require(coven.room.occupant("firstwitch").flatMap { coven.room.person($0.id) })
        let address = coven.dialect.address(of: person, in: coven.room, domain: Coven.domain)
        #expect(address?.description == "coven@chat.shakespeare.lit/firstwitch")
    }
}
