// The archive of an account shows what it heard in channels of this server, read where it is kept.

import Host
import Rooms
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct ChannelSearchTests {
    private static let room = "coven@conference.example"

    /// A server where bo talks in a room, and ada was there for the second and third of four messages, with private
    /// messages between. Minutes apart, so that there is no doubt of their order.
    private let server = TestServer()
    private let ada: TestClient
    private let id: ParticipantID

    init() throws {
        server.register("ada", "bo")
        let bo = server.available("bo")
        bo.send("<presence to='\(Self.room)/bo'><x xmlns='\(NS.muc)'/></presence>")
        ada = server.available("ada", on: 1)
        let server = server
        func say(_ words: String) {
            server.scheduler.advance(by: .seconds(60))
            let (type, to) = words.hasPrefix("room") ? ("groupchat", Self.room) : ("chat", "ada@example")
            bo.send("<message type='\(type)' to='\(to)'><body>\(words)</body></message>")
        }
        let home = server.house.shard(ofLocal: "coven")
        let jid = TestServer.address("ada@example")
        func head() -> UInt64 {
            server.look(home) { $0.hall(of: "main")?.inspect("coven")?.room.head ?? 0 } ?? 0
        }
        say("room 1")
        id = try #require(
            server.look(home) { $0.hall(of: "main")?.inspect("coven")?.room.participantID(of: jid) } ?? nil)
        let joined = ChannelNotice.Kind.joined(id, dialect: Tongue.current, sharesPresence: true)
        server.tell(joined, of: "ada@example", in: Self.room, at: head())
        for words in ["private 1", "room 2", "private 2", "room 3"] { say(words) }
        server.tell(.left, of: "ada@example", in: Self.room, at: head())
        for words in ["room 4", "private 3"] { say(words) }
        _ = ada.news()
    }

    /// The bodies that a query finds, their ids, and the end.
    private func query(
        _ fields: [String: String], _ set: String = ""
    ) -> (bodies: [String], ids: [String], fin: Element?) {
        let form = fields.sorted { $0.key < $1.key }.map { "<field var='\($0.key)'><value>\($0.value)</value></field>" }
        ada.send(
            "<iq type='set' id='q'><query xmlns='\(NS.mam)'><x xmlns='jabber:x:data' type='submit'>"
                + "<field var='FORM_TYPE' type='hidden'><value>\(NS.mam)</value></field>\(form.joined())</x>"
                + "<set xmlns='\(NS.rsm)'>\(set)</set></query></iq>")
        let heard = ada.news()
        let results = heard.compactMap { $0.child("result", NS.mam) }
        #expect(heard.dropLast().allSatisfy { $0["from"] == "ada@example" })
        let bodies = results.compactMap {
            $0.child("forwarded", NS.forward)?.child("message", NS.client)?.child("body", NS.client)?.text
        }
        return (bodies, results.compactMap { $0["id"] }, heard.last?.child("fin", NS.mam))
    }

    private let everything = ["include-groupchat": "true"]

    @Test func whatWasHeardAndNoMore() {  // X-15, IM-303, MIXC-301
        #expect(query(["with": Self.room]).bodies == ["room 2", "room 3"])
        #expect(query([:]).bodies == ["private 1", "private 2", "private 3"])
        #expect(query(everything).bodies == ["private 1", "room 2", "private 2", "room 3", "private 3"])
        #expect(query(["with": Self.room, "include-groupchat": "false"]).bodies == [])
        #expect(query(["with": "bo@example", "include-groupchat": "true"]).bodies.count == 3)
        #expect(query(everything).fin?["complete"] == "true")
        #expect(ada.unanswered == 0)
    }

    @Test func pagesGoThroughAllOfThem() {
        var (seen, set) = ([String](), "<max>2</max>")
        for _ in 0..<5 where !set.isEmpty {
            let page = query(everything, set)
            seen += page.bodies
            let last = page.fin?.child("set", NS.rsm)?.child("last", NS.rsm)?.text
            #expect(last == page.ids.last)
            set = page.fin?["complete"] == "true" ? "" : "<max>2</max><after>\(last ?? "")</after>"
        }
        #expect(seen == ["private 1", "room 2", "private 2", "room 3", "private 3"])
        var back: [String] = []
        set = "<max>2</max><before/>"
        for _ in 0..<5 where !set.isEmpty {
            let page = query(everything, set)
            back = page.bodies + back
            let first = page.fin?.child("set", NS.rsm)?.child("first", NS.rsm)?.text
            set = page.fin?["complete"] == "true" ? "" : "<max>2</max><before>\(first ?? "")</before>"
        }
        #expect(back == seen)
        #expect(query(everything, "<max>0</max>").bodies == [])
    }

    @Test func timesAndIdsBoundAllOfThem() {
        let all = query(everything)
        let since = TestServer.start + .seconds(3 * 60)
        #expect(query(everything.merging(["start": since.xep0082]) { $1 }).bodies.first == "room 2")
        #expect(query(everything.merging(["end": since.xep0082]) { $1 }).bodies == ["private 1", "room 2"])
        let chosen = everything.merging(["after-id": all.ids[0], "before-id": all.ids[3]]) { $1 }
        #expect(query(chosen).bodies == ["room 2", "private 2"])
        ada.send(
            "<iq type='set' id='q'><query xmlns='\(NS.mam)'><x xmlns='jabber:x:data' type='submit'>"
                + "<field var='FORM_TYPE' type='hidden'><value>\(NS.mam)</value></field>"
                + "<field var='include-groupchat'><value>1</value></field><field var='ids'><value>\(all.ids[3])</value>"
                + "<value>\(all.ids[0])</value></field></x></query></iq>")
        let found = ada.news().compactMap { $0.child("result", NS.mam)?["id"] }
        #expect(found == [all.ids[0], all.ids[3]])
    }

    @Test func whatNobodyMayRead() {
        let others = server.look(server.house.shard(ofLocal: "coven")) { shard -> [String] in
            guard let room = shard.hall(of: "main")?.inspect("coven")?.room else { return [] }
            return [UInt64](1...room.head).map { room.secret.archiveID(of: $0) }
        }
        let mine = Set(query(["with": Self.room]).ids)
        for id in (others ?? []) where !mine.contains(id) {
            ada.send(
                "<iq type='set' id='q'><query xmlns='\(NS.mam)'><x xmlns='jabber:x:data' type='submit'>"
                    + "<field var='FORM_TYPE' type='hidden'><value>\(NS.mam)</value></field>"
                    + "<field var='with'><value>\(Self.room)</value></field>"
                    + "<field var='ids'><value>\(id)</value></field></x></query></iq>")
            #expect(ada.words() == ["iq error item-not-found"])
        }
    }

    @Test func bySomebodyInIt() throws {  // IM-303
        let bo = TestServer.address("bo@example")
        let speaker = try #require(
            server.look(server.house.shard(ofLocal: "coven")) {
                $0.hall(of: "main")?.inspect("coven")?.room.participantID(of: bo).text
            } ?? nil)
        #expect(query(["with": "\(Self.room)/\(speaker)"]).bodies == ["room 2", "room 3"])
        #expect(query(["with": "\(Self.room)/\(id.text)"]).bodies == [])
        #expect(query(["with": "\(Self.room)/\(speaker)"], "<max>1</max><before/>").bodies == ["room 3"])
    }

    /// A stay under another id was in another room of that name; one without an end, of somebody who is no member,
    /// tells nothing.
    @Test func staysThatTheRoomDoesNotKnow() {
        let other = ChannelNotice.Kind.joined(ParticipantID("other"), dialect: Tongue.current, sharesPresence: true)
        server.tell(other, of: "ada@example", in: Self.room, at: 0)
        server.tell(.left, of: "ada@example", in: Self.room, at: 99)
        #expect(query(["with": Self.room]).bodies == ["room 2", "room 3"])
        let joined = ChannelNotice.Kind.joined(id, dialect: Tongue.current, sharesPresence: true)
        server.tell(joined, of: "ada@example", in: Self.room, at: 1)
        #expect(query(["with": Self.room]).bodies == ["room 2", "room 3"])
    }

    @Test func aRoomThatIsNoMore() {
        let joined = ChannelNotice.Kind.joined(ParticipantID("x"), dialect: Tongue.current, sharesPresence: true)
        server.tell(joined, of: "ada@example", in: "gone@conference.example", at: 1)
        server.tell(.left, of: "ada@example", in: "gone@conference.example", at: 9)
        #expect(query(["with": "gone@conference.example"]).bodies == [])
        #expect(query(everything).bodies.count == 5)
    }
}
