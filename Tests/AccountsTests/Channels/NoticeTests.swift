// What rooms of this server tell an account, and what its clients hear of it.

import Host
import Rooms
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct NoticeTests {
    private static let joined = ChannelNotice.Kind.joined(
        ParticipantID("p1"), dialect: Tongue.current, sharesPresence: true)
    private static let hidden = ChannelNotice.Kind.joined(
        ParticipantID("p1"), dialect: Tongue.current, sharesPresence: false)

    private func server() -> TestServer {
        let server = TestServer(hasGate: true)
        server.register("ada")
        return server
    }

    @Test func joiningAndLeavingAreOnTheRoster() {  // X-15, MIXC-310, MIXC-314, MIXC-508, MIX2-132, MIX2-141
        let server = server()
        let ada = server.available("ada")
        ada.roster()
        server.tell(Self.joined, of: "ada@example")
        #expect(ada.told() == ["push coven@mix.example from"])
        server.tell(Self.joined, of: "ada@example")
        #expect(ada.told() == [])
        server.tell(Self.hidden, of: "ada@example")
        #expect(ada.told() == ["push coven@mix.example none"])
        server.tell(.left, of: "ada@example")
        #expect(ada.told() == ["push coven@mix.example remove"])
        server.tell(.left, of: "ada@example")
        #expect(ada.told() == [] && server.channels("ada").isEmpty)
    }

    @Test func anAccountThatIsAwayKeepsIt() {  // MIXC-508
        let server = server()
        server.tell(Self.joined, of: "ada@example")
        server.tell(Self.joined, of: "nobody@example")
        #expect(server.channels("ada") == ["coven@mix.example": "p1 mix"])
        #expect(server.accountCount == 0)
        let ada = server.available("ada")
        #expect(ada.roster() == ["coven@mix.example from"])
        ada.send("</stream:stream>")
        server.tell(.spoke(resource: TestServer.address("ada@example/r"), dialect: Tongue.current), of: "ada@example")
        server.tell(.left, of: "ada@example")
        #expect(server.channels("ada").isEmpty && server.accountCount == 0)
    }

    /// What a room has told is not undone because the account could not store it, and keeps its order.
    @Test func noticesThatAreNotStoredAreTakenUpAgain() {
        let server = server()
        let ada = server.available("ada")
        ada.roster()
        server.disk.failCommits(1, with: .full)
        server.tell(Self.joined, of: "ada@example")
        server.tell(Self.hidden, of: "ada@example")
        #expect(ada.told() == [] && server.channels("ada").isEmpty)
        server.scheduler.advance(by: .seconds(HostLimits().retrySeconds))
        #expect(ada.told().last == "push coven@mix.example none")
        #expect(server.channels("ada") == ["coven@mix.example": "p1 mix"])
        ada.send("</stream:stream>")
        #expect(server.accountCount == 0)
    }

    @Test func aChannelForWhichThereIsNoRoomIsLeft() {
        var storage = StorageLimits()
        storage.rosterItems = 1
        let server = TestServer(storage: storage, hasGate: true)
        server.register("ada")
        server.tell(Self.joined, of: "ada@example")
        server.tell(Self.joined, of: "ada@example", in: "other@mix.other")
        #expect(server.gate?.words() == ["iq set leave ada@example other@mix.other"])
        #expect(server.channels("ada").keys.sorted() == ["coven@mix.example"])
    }

    @Test func whoWantsToKnowIsToldWhatIsAChannel() {  // MIXC-319, MIXC-320, MIXC-321, MIXC-323
        let server = server()
        let (phone, old) = (server.available("ada", "phone"), server.available("ada", "old"))
        let annotate = "<annotate xmlns='\(NS.mixRoster)'/>"
        #expect(phone.roster(annotate) == [] && old.roster() == [])
        server.tell(Self.joined, of: "ada@example")
        #expect(phone.told() == ["push coven@mix.example from p1"])
        #expect(old.told() == ["push coven@mix.example from"])
        #expect(phone.roster(annotate) == ["coven@mix.example from p1"])
        #expect(phone.roster() == ["coven@mix.example from"])
        server.tell(Self.hidden, of: "ada@example")
        #expect(phone.told() == ["push coven@mix.example none"])
        phone.send("<iq type='get' id='v'><query xmlns='\(NS.roster)'/></iq>")
        let version = phone.news().last?.child("query", NS.roster)?["ver"] ?? ""
        for (child, isTold) in [("", false), (annotate, true), (annotate, false)] {
            phone.send("<iq type='get' id='v'><query xmlns='\(NS.roster)' ver='\(version)'>\(child)</query></iq>")
            #expect((phone.news().last?.child("query", NS.roster) != nil) == isTold)
        }
    }

    @Test func theAccountTellsWhatItCan() {  // MIXC-300, MIXC-301, IM-303
        let server = server()
        let ada = server.available("ada")
        func features() -> [String] {
            ada.send("<iq type='get' id='d' to='ada@example'><query xmlns='\(NS.discoInfo)'/></iq>")
            return ada.news().last?.child("query", NS.discoInfo)?.children.compactMap { $0["var"] } ?? []
        }
        let before = features()
        #expect(before.filter { $0.contains("mix") } == ChannelDesk.namespaces + [NS.mixPAMArchive])
        #expect(!before.contains(NS.mamGroupchatAvailable))
        server.tell(Self.joined, of: "ada@example")
        #expect(features() == before + [NS.mamGroupchatAvailable])
    }

    @Test func nobodyLivesWhereChannelsAre() {  // MIXC-012
        let server = TestServer(isOpen: true)
        let client = TestClient(in: server, on: 0)
        client.send(TestClient.header.replacing("to='example'", with: "to='conference.example'"))
        #expect(String(decoding: client.wire.take(), as: UTF8.self).contains("<host-unknown "))
        #expect(client.wire.isClosed)
        server.register("ada")
        let ada = server.available("ada")
        for to in ["conference.example", "eve@conference.example"] {
            ada.send(
                "<iq type='set' id='r' to='\(to)'><query xmlns='\(NS.register)'>"
                    + "<username>eve</username><password>secret</password></query></iq>")
            #expect(ada.news().last?["type"] == "error")
        }
        let box = Box<Int>()
        server.disk.accountCount { box.set((try? $0.get()) ?? -1) }
        server.scheduler.run()
        #expect(box.value == 1)
    }

    @Test func whoeverIsDeletedLeaves() {
        let server = server()
        let ada = server.available("ada")
        server.tell(Self.joined, of: "ada@example", in: "coven@mix.other")
        _ = server.gate?.envelopes()
        ada.send("<iq type='set' id='r' to='example'><query xmlns='\(NS.register)'><remove/></query></iq>")
        #expect(server.gate?.words().contains("iq set leave ada@example coven@mix.other") == true)
        #expect(server.accountCount == 0)
    }
}
