// How fast everybody may go in a room.

import Rooms
import ScenarioKit
import Testing
import XML
import XMPP

@testable import Host

@Suite("Paces")
struct PaceTableTests {
    private let start = Moment(milliseconds: 1_700_000_000_000)
    private let ada = Guest.address("ada@example/phone")
    private let bo = Guest.address("bo@example/phone")

    private var limits: HostLimits {
        var limits = HostLimits()
        limits.roomMessagesPerMinute = 6
        limits.roomPresencesPerMinute = 2
        limits.floodRefusals = 2
        return limits
    }

    @Test("So many at once, and then as many as a minute's share (MUC-422)")
    func bucket() {
        var paces = PaceTable()
        for _ in 0..<6 { #expect(paces.take(.message, by: ada, at: start, limits) == .taken) }
        #expect(paces.take(.message, by: Guest.address("ada@example/desk"), at: start, limits) == .tooFast)
        #expect(paces.take(.message, by: bo, at: start, limits) == .taken, "everybody has one of her own")
        #expect(paces.take(.presence, by: ada, at: start, limits) == .taken, "and one for each kind")
        #expect(paces.take(.message, by: ada, at: start + .milliseconds(9_999), limits) == .tooFast)
        #expect(paces.take(.message, by: ada, at: start + .seconds(10), limits) == .taken)
        let later = start + .seconds(86_400)
        for _ in 0..<6 { #expect(paces.take(.message, by: ada, at: later, limits) == .taken) }
        #expect(paces.take(.message, by: ada, at: later, limits) == .tooFast, "never more than a minute's worth")
    }

    @Test("Whoever goes on without a pause is to go")
    func tooOften() {
        var paces = PaceTable()
        for _ in 0..<2 { #expect(paces.take(.presence, by: ada, at: start, limits) == .taken) }
        for _ in 0..<2 { #expect(paces.take(.presence, by: ada, at: start, limits) == .tooFast) }
        #expect(paces.take(.presence, by: ada, at: start, limits) == .tooOften)
        #expect(paces.take(.presence, by: ada, at: start + .seconds(30), limits) == .taken)
        #expect(paces.take(.presence, by: ada, at: start + .seconds(30), limits) == .tooFast, "a pause is a pause")
    }

    @Test("The table has an end, and forgets first who is not in a hurry")
    func bounded() {
        var few = limits
        few.pacedAccounts = 2
        var paces = PaceTable()
        _ = paces.take(.message, by: ada, at: start, few)
        for _ in 0..<7 { _ = paces.take(.message, by: bo, at: start + .seconds(9), few) }
        _ = paces.take(.message, by: Guest.address("cy@example/phone"), at: start + .seconds(10), few)
        #expect(paces.count == 2)
        #expect(paces.take(.message, by: bo, at: start + .seconds(10), few) == .tooFast)
        for number in 0..<10 {
            _ = paces.take(.message, by: Guest.address("x\(number)@example/phone"), at: start + .seconds(10), few)
            #expect(paces.count <= 2)
        }
    }

    @Test("Errors, answers and leaving are never slowed down")
    func kinds() throws {
        for text in [
            "<message type='error'/>", "<presence type='unavailable'/>", "<presence type='error'/>",
            "<iq type='result' id='1'/>", "<iq type='error' id='1'/>",
        ] {
            #expect(PaceTable.Kind(try Stanza(reading: Element(parsing: text))) == nil, "\(text)")
        }
    }

    @Test("A flood is refused, then its sender put out of the room, and the others hear none of it (MUC-422)")
    func flood() {
        var slow = limits
        slow.slowsFloods = true
        let house = TestHouse(limits: slow)
        let (ada, bo) = (house.guest("ada"), house.guest("bo", on: 1))
        ada.send(Guest.join("coven", "ada"))
        bo.send(Guest.join("coven", "bo"))
        for number in 1...6 { bo.send(Guest.say("\(number)", in: "coven")) }
        for _ in 7...8 { bo.send(Guest.say("too fast", in: "coven")) }
        #expect(bo.ear.errors == ["resource-constraint", "resource-constraint"])
        bo.send(Guest.say("too often", in: "coven"))
        #expect(bo.ear.errors.count == 3 && bo.ear.completions == bo.sent)
        #expect(ada.ear.said == ["1", "2", "3", "4", "5", "6"])
        let last = ada.ear.elements.last
        let codes = last?.child("x", NS.mucUser)?.children.compactMap { $0["code"] }
        #expect(last?["type"] == "unavailable" && codes == ["307"])
        house.scheduler.advance(by: .seconds(60))
        bo.send(Guest.join("coven", "bo"))
        bo.send(Guest.say("slowly", in: "coven"))
        #expect(ada.ear.said.last == "slowly")
    }

    @Test("Where nobody asks for it nothing is slowed down")
    func off() {
        let house = TestHouse(limits: limits)
        let ada = house.guest("ada")
        ada.send(Guest.join("coven", "ada"))
        for number in 1...20 { ada.send(Guest.say("\(number)", in: "coven")) }
        #expect(ada.ear.errors.isEmpty && ada.ear.said.count == 20)
    }
}
