// The dialect as a whole: what it claims, what it advertises, how few renderings it needs.

import DialectKit
import Rooms
import Testing
import XML
import XMPP

@testable import MUC

@Suite struct MUCDialectTests {
    private func claim(_ xml: String) throws -> Claim {
        let stanza = try Stanza(reading: Element(parsing: xml))
        let service = ServiceFacts(name: "main", title: "", domains: [])
        let inbound = Inbound(stanza, from: try JID(RoomBench.bo), to: try #require(stanza.to), service: service)
        return MUCDialect().claim(inbound, in: try RoomBench.opened().room)
    }

    @Test("Only what no other generation says is claimed; the rest is left to whoever the sender is (MUC-084, MUC-086)")
    func claims() throws {
        #expect(try claim("<presence to='cellar@rooms.example/bo'><x xmlns='\(NS.muc)'/></presence>") == .surely)
        #expect(try claim("<presence to='cellar@rooms.example/bo'/>") == .no)
        #expect(
            try claim("<presence to='cellar@rooms.example/bo'>\(user("<password>x</password>"))</presence>") == .no)
        let invite = user("<invite to='x@y.example'/>")
        #expect(try claim("<message to='cellar@rooms.example'>\(invite)</message>") == .surely)
        let form =
            "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>\(NS.mucRequest)</value></field></x>"
        #expect(try claim("<message to='cellar@rooms.example'>\(form)</message>") == .surely)
        #expect(try claim("<message to='cellar@rooms.example' type='groupchat'>\(form)</message>") == .no)
        #expect(try claim("<message to='cellar@rooms.example/bo' type='chat'>\(user(""))</message>") == .no)
        #expect(try claim("<message to='cellar@rooms.example' type='groupchat'><body>x</body></message>") == .no)
    }

    @Test("What is said is rendered once for all readers; what happens to people by sight and relation (MUC-427)")
    func facets() throws {
        let dialect = MUCDialect()
        let bench = try RoomBench.opened()
        let seat = try #require(bench.room.seating.all.first)
        let words = Utterance(id: "m", type: .groupchat, payload: [Element("body", NS.client) { "hi" }])
        let said = try #require(try bench.room.decide(.say(seat.id, words), in: bench.context).first)
        #expect(dialect.facets(of: said, in: bench.room) == [])
        let leave = try #require(try bench.room.decide(.leave(seat.id, payload: []), in: bench.context).first)
        #expect(dialect.facets(of: leave, in: bench.room) == [.relation, .sight])
        let open = try RoomBench.opened([.whois: .choice("anyone")])
        #expect(dialect.facets(of: leave, in: open.room) == .relation)
    }

    @Test("A room advertises one of each pair, as its settings are (MUC-020, MUC-071, MUC-072)")
    func features() throws {
        var plain = try RoomBench.opened([.title: .text("Den")])
        let answer = try plain.ask(RoomBench.bo, "get", "<query xmlns='\(NS.discoInfo)'/>").answer
        #expect(answer.contains("<identity category='conference' type='text' name='Den'/>"))
        for feature in [
            NS.muc, "muc_hidden", "muc_open", "muc_unmoderated", "muc_semianonymous", "muc_unsecured",
            "muc_persistent", NS.mucStableID, NS.occupantID, NS.sid, NS.discoInfo, NS.discoItems, NS.ping,
            NS.mucRequest,
        ] {
            #expect(answer.contains("<feature var='\(feature)'/>"), "\(feature)")
        }
        let other = try RoomBench.opened([
            .isPublic: .flag(true), .isMembersOnly: .flag(true), .isModerated: .flag(true),
            .whois: .choice("anyone"), .password: .text("s3"), .isPersistent: .flag(false),
        ])
        let features = try other.features
        for feature in [
            "muc_public", "muc_membersonly", "muc_moderated", "muc_nonanonymous", "muc_passwordprotected",
            "muc_temporary",
        ] {
            #expect(features.contains(feature), "\(feature)")
        }
        #expect(Set(features).isDisjoint(with: ["muc_hidden", "muc_open", "muc_unmoderated", "muc_semianonymous"]))
    }

    @Test("An occupant's address is the room's with its nick")
    func address() throws {
        let bench = try RoomBench.withBo()
        let person = try #require(bench.room.occupant("bo").flatMap { bench.room.person($0.id) })
        let address = MUCDialect().address(of: person, in: bench.room, domain: "other.example")
        #expect(address?.description == "cellar@other.example/bo")
    }
}
