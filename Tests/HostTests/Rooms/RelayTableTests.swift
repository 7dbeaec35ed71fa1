// Relayed IQs: who may answer, how many may be open, and when their time is over.

import Rooms
import Testing
import XMPP

@testable import Host

@Suite struct RelayTableTests {
    private func open(
        _ asker: UInt64, asks seat: UInt64, id: String = "q", until seconds: Int64 = 60
    ) -> RelayTable.Open {
        let (from, to) = (Guest.address("ada@example/r"), Guest.room("coven", "bo"))
        let stanza = Stanza.iq(type: .get, id: id, from: from, to: to)
        return RelayTable.Open(
            request: Envelope(stanza, from: from, to: to), asker: SeatID(asker), asked: Guest.address("bo@example/r"),
            askedSeat: SeatID(seat), deadline: Moment(milliseconds: seconds * 1_000))
    }

    @Test func onlyWhoWasAskedMayAnswerAndOnce() {
        var table = RelayTable()
        let id = table.add(open(1, asks: 2))
        #expect(table.answer(id, from: Guest.address("eve@example/r")) == nil)
        #expect(table.answer("other", from: Guest.address("bo@example/r")) == nil)
        #expect(table.answer(id, from: Guest.address("bo@example/r"))?.request.stanza.id == "q")
        #expect(table.answer(id, from: Guest.address("bo@example/r")) == nil)
        #expect(table.isEmpty && table.nextDeadline == nil)
    }

    @Test func aRequestThatMayKeepsItsIDUnlessAnotherIsOpenUnderIt() {
        var table = RelayTable()
        let bo = Guest.address("bo@example/r")
        #expect(table.add(open(1, asks: 2, id: "q"), keepsID: true) == "q")
        let second = table.add(open(3, asks: 2, id: "q"), keepsID: true)
        #expect(second != "q")
        #expect(table.add(open(3, asks: 2, id: "relay-1"), keepsID: true) != "relay-1")
        #expect(table.answer("relay-1", from: bo) == nil, "that one goes under its own id")
        #expect(table.answer("q", from: Guest.address("eve@example/r")) == nil)
        #expect(table.answer("q", from: bo)?.asker == SeatID(1))
        #expect(table.answer("q", from: bo) == nil)
        #expect(table.answer(second, from: bo)?.asker == SeatID(3))
        #expect(table.add(open(1, asks: 2, id: "q"), keepsID: true) == "q")
        #expect(table.leave(SeatID(1)).count == 1)
        #expect(table.answer("q", from: bo) == nil)
    }

    @Test func countsPerSeat() {
        var table = RelayTable()
        let ids = [table.add(open(1, asks: 2)), table.add(open(1, asks: 3)), table.add(open(2, asks: 1))]
        #expect(Set(ids).count == 3)
        #expect(table.count(of: SeatID(1)) == 2 && table.count(of: SeatID(2)) == 1)
        _ = table.answer(ids[0], from: Guest.address("bo@example/r"))
        #expect(table.count(of: SeatID(1)) == 1)
    }

    @Test func expiresInOrderAndKnowsTheNextDeadline() {
        var table = RelayTable()
        let first = table.add(open(1, asks: 2, id: "a", until: 10))
        _ = table.add(open(1, asks: 2, id: "b", until: 20))
        _ = table.add(open(1, asks: 2, id: "c", until: 30))
        _ = table.answer(first, from: Guest.address("bo@example/r"))
        #expect(table.nextDeadline == Moment(milliseconds: 20_000))
        #expect(table.expire(at: Moment(milliseconds: 19_999)).isEmpty)
        #expect(table.expire(at: Moment(milliseconds: 30_000)).map(\.request.stanza.id) == ["b", "c"])
        #expect(table.isEmpty && table.nextDeadline == nil)
        _ = table.add(open(1, asks: 2, until: 40))
        #expect(table.nextDeadline == Moment(milliseconds: 40_000))
    }

    @Test func seatsThatLeaveAreAnsweredForAndAnswered() {
        var table = RelayTable()
        _ = table.add(open(1, asks: 2, id: "by"))
        _ = table.add(open(3, asks: 1, id: "to"))
        _ = table.add(open(3, asks: 2, id: "others"))
        #expect(table.leave(SeatID(1)).map(\.request.stanza.id) == ["by", "to"])
        #expect(table.count(of: SeatID(1)) == 0 && table.count(of: SeatID(3)) == 1)
    }
}
