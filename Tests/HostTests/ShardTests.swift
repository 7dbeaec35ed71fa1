// A shard: what goes where, in which order, and what a tick flushes.

import DialectKit
import Testing
import XML
import XMPP

@testable import Host

@Suite struct ShardTests {
    @Test func foreignDomainsAnswerAndComplete() {  // IM-101
        let house = TestHouse()
        let guest = house.guest("ada", on: 1)
        guest.send(.message(to: Guest.address("bo@elsewhere.example"), payload: [Element("body", NS.client) { "hi" }]))
        guest.send(.iq(type: .result, id: "r", to: Guest.address("elsewhere.example")))
        #expect(guest.ear.errors == ["remote-server-not-found"])
        #expect(guest.ear.completions == guest.sent)
        #expect(guest.ear.isFlushed)
    }

    @Test func answersWithoutAnOriginGoThroughTheRouterAndEndThere() {
        let house = TestHouse()
        let question = Stanza.iq(
            type: .get, id: "q", from: Guest.address("ada@elsewhere.example/r"), to: Guest.room("nowhere"),
            payload: [Element("query", NS.discoInfo)])
        house.on(0) { $0.route(question) }
        // the answer went to a domain that is not ours, and was not answered again
        #expect(house.look(0) { $0.isQuiet() } == true)
    }

    @Test func workForTheOwnShardRunsInTheNextTickAndInOrder() {
        let house = TestHouse()
        let order = Box<[Int]>()
        house.on(0) { shard in
            shard.ask(0) { _ in order.set((order.value ?? []) + [2]) }
            shard.ask(0) { _ in order.set((order.value ?? []) + [3]) }
            order.set([1])
        }
        #expect(order.value == [1, 2, 3])
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)  // IM-041
    func whatOneShardSendsAnotherKeepsItsOrder(seed: UInt64) {
        let house = TestHouse(seed: seed, shards: 3)
        let ear = house.guest("ada", on: 2)
        let hole = AddressHole(ear.jid)
        house.on(0) { shard in
            for number in 0..<20 {
                if number % 2 == 0 {
                    shard.write(Array("<message id='\(number)'/>".utf8), to: ear.port)
                } else {
                    shard.tell([Template(.message) { $0.attribute("id", "\(number)") }], to: hole, at: ear.port)
                }
            }
        }
        #expect(ear.ear.elements.compactMap { $0["id"] } == (0..<20).map(String.init))
        #expect(ear.ear.isFlushed)
        #expect(ear.ear.flushes == 1)
    }

    @Test func completionsFlushNobody() {
        let house = TestHouse()
        let ear = house.guest("ada")
        house.on(0) { $0.completed(3, at: ear.port) }
        house.on(1) { $0.completed(2, at: ear.port) }
        #expect(ear.ear.tickets == [3, 2])
        #expect(ear.ear.flushes == 0)
    }

    @Test func closedPortsSwallowEverything() {
        let house = TestHouse()
        let ear = house.guest("ada")
        house.on(0) { $0.closePort(ear.port) }
        for shard in 0...1 {
            house.on(shard) { shard in
                shard.write(Array("<message/>".utf8), to: ear.port)
                shard.tell([Template(.message) { _ in }], to: AddressHole(ear.jid), at: ear.port)
                shard.completed(1, at: ear.port)
            }
        }
        #expect(ear.ear.heard.isEmpty)
        #expect(ear.ear.completions == 0)
    }

    @Test func aRoomIsOnOneShardUnderEveryDomain() {
        let house = TestHouse(shards: 3).house
        let one = house.shard(of: Guest.address("coven@a.example"))
        #expect(one == house.shard(of: Guest.address("coven@b.example/nick")))
        #expect(one == house.shard(ofLocal: "coven"))
        #expect(Set((0..<64).map { house.shard(ofLocal: "room\($0)") }) == [0, 1, 2])
    }
}
