// Places that rooms of this server give to clients: each is remembered by the account, or given back.

import Rooms
import ScenarioKit
import Testing
import XML
import XMPP

@testable import Accounts
@testable import Host

@Suite struct SeatsTests {
    private static let coven = TestServer.address("coven@conference.example")
    private static let ada = TestServer.address("ada@example")
    private static let keeper = Requester(jid: coven, isOperator: true)

    /// A server with a room that is always there.
    private func server(_ limits: AccountLimits = AccountLimits()) -> TestServer {
        let server = TestServer(accountLimits: limits)
        server.register("ada")
        let settings: [Setting: SettingValue] = [.isPersistent: .flag(true), .messagesReaders: .choice("anyone")]
        post([.command(.found(by: Self.keeper, with: settings))], in: server)
        return server
    }

    private func post(_ posts: [RoomLoop.Post], in server: TestServer) {
        server.on(server.house.shard(ofLocal: "coven")) { shard in
            let room = shard.hall(of: "main")?.room("coven", on: shard)
            for post in posts { room?.post(post, on: shard) }
        }
    }

    /// The room gives a client a place, and tells its account so.
    private func seat(_ resource: String, in server: TestServer) {
        let full = TestServer.address("ada@example/\(resource)")
        let port = Port(shard: 0, slot: 77, generation: 7)
        let subscribe = Command.Membership.subscribe(
            Self.ada, add: .messages, remove: [], dialect: Tongue.current, domain: Self.coven.domain)
        let client = ListeningClient(full, at: port, dialect: Tongue.current, showsPresence: true)
        post([.command(.membership(subscribe)), .listens(client, domain: Self.coven.domain)], in: server)
        #expect(seated(server) == ["ada@example/\(resource)"])
        server.tell(.spoke(resource: full, dialect: Tongue.current), of: "ada@example", in: "\(Self.coven)")
    }

    /// Who listens to the room; nil: it is not in memory.
    private func seated(_ server: TestServer) -> [String]? {
        server.look(server.house.shard(ofLocal: "coven")) { shard in
            shard.hall(of: "main")?.inspect("coven")?.room.seating.all.map(\.address.description)
        }.flatMap { $0 }
    }

    @Test func whoeverWentBeforeTheAccountKnewKeepsNoPlace() {
        let server = server()
        seat("gone", in: server)
        #expect(seated(server) == nil, "the account is not in memory")
        let other = server.available("ada", "other", features: [NS.muc])
        seat("gone", in: server)
        #expect(seated(server) == nil, "the client is not there")
        seat("other", in: server)
        #expect(seated(server) == ["ada@example/other"])
        other.cut()
        #expect(seated(server) == nil)
    }

    @Test func oneWhoHasTooManyIsToldSo() {
        var limits = AccountLimits()
        limits.channelsPerClient = 1
        let server = server(limits)
        let ada = server.available("ada", features: [NS.muc])
        server.tell(
            .spoke(resource: TestServer.address("ada@example/r"), dialect: Tongue.current), of: "ada@example",
            in: "other@conference.example")
        #expect(ada.told() == [])
        seat("r", in: server)
        #expect(seated(server) == nil)
        #expect(ada.told() == ["message error resource-constraint \(Self.coven)"])
        // channels of the roster are remembered beside these
        server.tell(
            .joined(ParticipantID("p1"), dialect: Tongue.current, sharesPresence: false), of: "ada@example",
            in: "\(Self.coven)")
        _ = ada.news()
        seat("r", in: server)
        #expect(seated(server) == ["ada@example/r"] && ada.told() == [])
    }

    @Test func placesOfADeletedAccountAreGivenBack() {
        let server = server()
        let ada = server.available("ada", features: [NS.muc])
        seat("r", in: server)
        #expect(seated(server) == ["ada@example/r"])
        server.on(server.house.shard(of: Self.ada)) { $0.accountHall?.removed(Self.ada, on: $0) }
        #expect(seated(server) == nil && ada.wire.isClosed)
        seat("r", in: server)
        #expect(seated(server) == nil)
    }
}
