// Shows what the operator's requests do to a store.

import Storage
import Testing
import XMPP

@testable import Server

@Suite struct OperatorDeskTests {
    private let store = MemoryStorage()

    private var desk: OperatorDesk {
        OperatorDesk(ServerConfiguration(), store) { Moment(milliseconds: 1_800_000_000_000) }
    }

    private func keys(_ password: String) throws -> AccountKeys { try AccountKeys(typed: password, limit: 100) }

    @Test func accounts() async throws {
        let keys = try keys("secret")
        #expect(await desk.answer(.createAccount(name: "ada", keys: keys)).lines == ["ada@localhost was created"])
        #expect(await desk.answer(.createAccount(name: "ada", keys: keys)).exitCode == 1)
        let other = try self.keys("other")
        #expect(await desk.answer(.setPassword(name: "ada", keys: other)).fault == nil)
        let stored = try await Answer.from { store.account(named: "ada", $0) }
        #expect(stored?.credentials == other.credentials)
        #expect(stored?.created == 1_800_000_000_000)
        #expect(
            await desk.answer(.setPassword(name: "bo", keys: keys)).fault?.contains("no account bo@localhost") == true)
        #expect(await desk.answer(.deleteAccount(name: "ada")).lines == ["ada@localhost was deleted"])
        #expect(await desk.answer(.deleteAccount(name: "ada")).exitCode == 1)
    }

    @Test func listsAreRead() async throws {
        let keys = try keys("secret")
        let names = (0..<(ControlLimits.pageLines + 3)).map { "u\(1_000 + $0)" }
        let accounts = names.map { ControlRequest.NewAccount(name: $0, keys: keys) }
        #expect(await desk.answer(.importAccounts(accounts)).lines == [])
        #expect(await desk.answer(.importAccounts(Array(accounts.suffix(2)))).lines == Array(names.suffix(2)))
        let first = await desk.answer(.listAccounts(after: nil))
        #expect(first.lines.count == ControlLimits.pageLines)
        let second = await desk.answer(.listAccounts(after: first.next))
        #expect(second.lines == names.suffix(3).map { "\($0)@localhost" })
        #expect(await desk.answer(.listAccounts(after: second.next)).next == nil)
    }

    private func make(_ room: String, service: String, title: String = "", listed: Bool = false) async throws {
        let face = RoomFace(listed: listed, title: title, head: 0, archivedCount: 0, secret: [])
        let batch = RoomBatch(key: RoomKey(service: service, name: room), number: nil, face: face)
        _ = try await Answer.from { store.append(batch, $0) }
    }

    @Test func rooms() async throws {
        try await make("den", service: "main", title: "The \u{1b}[2J Den", listed: true)
        try await make("attic", service: "main")
        let first = await desk.answer(.listRooms(after: nil))
        #expect(
            first.lines == [
                "attic@conference.localhost  hidden", "den@conference.localhost  public  The \u{fffd}[2J Den",
            ])
        #expect(await desk.answer(.listRooms(after: first.next)) == ControlAnswer())
        #expect(await desk.answer(.showRoom("den")).lines.first == "den@conference.localhost")
        #expect(await desk.answer(.showRoom("DEN@mix.localhost")).lines.first == "den@conference.localhost")
        #expect(await desk.answer(.showRoom("cellar")).exitCode == 1)
        #expect(await desk.answer(.showRoom("den@example.org")).exitCode == 2)
        #expect(await desk.answer(.explain(room: "den", who: "example.org")).exitCode == 2)
        #expect(
            await desk.answer(.explain(room: "den", who: "a@b.example")).lines
                == ["nothing is recorded of a@b.example in the last 7 days"])
    }

    @Test func severalServices() async throws {
        var configuration = ServerConfiguration()
        var other = ServerConfiguration.ServicePlan()
        other.name = "other"
        other.domains = [ServerConfiguration.DomainPlan("rooms.localhost", [.muc])]
        configuration.services = configuration.services + [other]
        let desk = OperatorDesk(configuration, store) { Moment(milliseconds: 0) }
        try await make("den", service: "main")
        try await make("den", service: "other")
        let first = await desk.answer(.listRooms(after: nil))
        #expect(first.lines == ["den@conference.localhost  hidden"])
        #expect(await desk.answer(.listRooms(after: first.next)).lines == ["den@rooms.localhost  hidden"])
        #expect(await desk.answer(.showRoom("den")).exitCode == 2)
        #expect(await desk.answer(.showRoom("den@rooms.localhost")).fault == nil)
    }
}
