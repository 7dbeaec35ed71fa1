// The table of outlets: names that are valid once, and who is to be flushed.

import Testing

@testable import Host

@Suite struct OutletTests {
    @Test func nameOfAClosedOutletReachesNobody() {
        var table = OutletTable()
        let port = table.open(Ear(), shard: 3)
        #expect(port.shard == 3)
        #expect(table.find(port.slot, port.generation) != nil)
        table.close(port)
        #expect(table.find(port.slot, port.generation) == nil)
        #expect(table.touch(port.slot, port.generation) == nil)
        #expect(table.takeDirty().isEmpty)
    }

    @Test func slotsAreUsedAgainAndNamesAreNot() {
        var table = OutletTable()
        let (first, second) = (Ear(), Ear())
        let former = table.open(first, shard: 0)
        table.close(former)
        let port = table.open(second, shard: 0)
        #expect(port.slot == former.slot)
        #expect(port != former)
        #expect(table.touch(former.slot, former.generation) == nil)
        #expect(table.touch(port.slot, port.generation) === second)
        table.close(former)  // closing twice changes nothing for the successor
        #expect(table.find(port.slot, port.generation) === second)
    }

    @Test func whoeverWasWrittenToIsFlushedOnce() {
        var table = OutletTable()
        let ears = [Ear(), Ear(), Ear()]
        let ports = ears.map { table.open($0, shard: 0) }
        for index in [1, 0, 1, 1] { _ = table.touch(ports[index].slot, ports[index].generation) }
        _ = table.find(ports[2].slot, ports[2].generation)
        let dirty = table.takeDirty()
        #expect(dirty.count == 2)
        #expect(dirty.first === ears[1])
        #expect(dirty.last === ears[0])
        #expect(table.takeDirty().isEmpty)
        _ = table.touch(ports[1].slot, ports[1].generation)
        #expect(table.takeDirty().count == 1)
    }

    @Test func unknownSlotsAreNobody() {
        var table = OutletTable()
        #expect(table.find(7, 1) == nil)
        #expect(table.touch(7, 1) == nil)
    }
}
