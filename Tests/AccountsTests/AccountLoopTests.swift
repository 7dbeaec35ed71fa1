// One batch in flight: what is told is durable, a failed commit takes everything back, questions keep the order.

import DialectKit
import Host
import ScenarioKit
import Storage
import Synchronization
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct AccountLoopTests {
    private static let namespace = "urn:test"

    /// What stands in the slot of the test, as the store has it.
    private static func slot(_ server: TestServer) -> [UInt8]? {
        let box = Box<[UInt8]?>()
        server.disk.slot(namespace, of: "ada") { box.set((try? $0.get()) ?? nil) }
        server.scheduler.run()
        return box.value ?? nil
    }

    /// `keep` stores its id, pushes to every resource, and answers; `read` answers what is stored.
    private static var table: AccountTable {
        var table = AccountTable.standard
        table.on(.set, "keep", namespace, from: .owner) { request, account, _ in
            account.write(.slot(namespace, Array((request.stanza.id ?? "").utf8)))
            account.state[request.envelope.from]?.priority = 7
            for resource in account.state.resources {
                account.tell(.init(.message(id: "push-\(request.stanza.id ?? "")")), to: resource)
            }
            account.reply(request.stanza.result([]), to: request.envelope)
        }
        table.on(.get, "read", namespace, from: .owner) { request, account, shard in
            let name = account.name
            account.ask(on: shard) { store, done in
                store.slot(namespace, of: name, done)
            } _: { found, account, _ in
                let text = (try? found.get()).flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) } ?? "none"
                account.reply(request.stanza.result([Element("read", namespace) { text }]), to: request.envelope)
            }
        }
        return table
    }

    private func keep(_ id: String) -> String { "<iq type='set' id='\(id)'><keep xmlns='\(Self.namespace)'/></iq>" }

    private func read(_ id: String) -> String { "<iq type='get' id='\(id)'><read xmlns='\(Self.namespace)'/></iq>" }

    @Test func nothingIsToldBeforeItIsDurable() {
        let server = TestServer(table: Self.table)
        server.register("ada")
        let ada = server.available("ada")
        server.disk.stall()
        ada.send(keep("1"))
        #expect(ada.news().isEmpty)
        #expect(ada.unanswered == 1)
        server.disk.resume()
        server.scheduler.run()
        #expect(ada.news().map { $0["id"] ?? "" } == ["push-1", "1"])
        #expect(ada.unanswered == 0)
        #expect(Self.slot(server) == Array("1".utf8))
    }

    @Test func aFailedCommitTakesTheWholeBatchBack() {
        let server = TestServer(table: Self.table)
        server.register("ada")
        let ada = server.available("ada")
        server.disk.failCommits(1, with: .other("torn"))
        ada.send(keep("1") + "<presence><priority>3</priority></presence>")
        #expect(ada.words() == ["iq error internal-server-error", "presence error internal-server-error"])
        #expect(ada.unanswered == 0)
        #expect(Self.slot(server) == nil)
        let home = server.house.shard(ofLocal: "ada")
        #expect(server.look(home) { $0.accountHall?.known("ada")?.state.resources.first?.priority } == 0)
        ada.send(keep("2"))
        #expect(ada.words() == ["message push-2", "iq result 2"])
    }

    @Test func aQuestionSeesWhatWasKeptBeforeItAndHoldsUpWhatComesAfter() {
        let server = TestServer(table: Self.table)
        server.register("ada")
        let ada = server.available("ada")
        ada.send(keep("1") + read("2") + keep("3") + read("4"))
        let news = ada.news().filter { $0.name == "iq" }
        #expect(news.map { $0["id"] ?? "" } == ["1", "2", "3", "4"])
        #expect(news.compactMap { $0.child("read", Self.namespace)?.text } == ["1", "3"])
        #expect(ada.unanswered == 0)
    }

    @Test func whoeverLeftInABatchThatFailedHasLeft() {
        let server = TestServer(table: Self.table)
        server.register("ada")
        let (phone, desk) = (server.available("ada", "phone"), server.available("ada", "desk"))
        _ = phone.news()
        server.disk.failCommits(1, with: .other("torn"))
        desk.post(keep("1"))
        desk.post("</stream:stream>")
        server.scheduler.run()
        #expect(phone.words() == ["presence unavailable"])
        phone.send("</stream:stream>")
        #expect(server.accountCount == 0)
    }

    @Test func twoHandlersForOneRequestStopTheStart() async {
        await #expect(processExitsWith: .failure) {
            var table = AccountTable.standard
            table.on(.get, "query", NS.roster, from: .owner) { _, _, _ in }
        }
    }
}
