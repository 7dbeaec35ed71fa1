// A place the house writes stanzas to, and how it is named from other loops.

public import DialectKit

/// The far end of a delivery: a client's connection, later a server's or a component's. Confined to its shard.
public protocol Outlet: AnyObject {
    /// Appends one stanza; nothing is flushed yet.
    func write(_ template: Template, to address: AddressHole, on shard: isolated Shard)

    /// Appends one complete stanza.
    func write(_ bytes: [UInt8], on shard: isolated Shard)

    /// An envelope that came from here with this ticket has had its effect, durably, or was refused (law 3).
    func completed(_ ticket: UInt64, on shard: isolated Shard)

    /// The end of a tick: hands everything appended to the socket at once.
    func flush(on shard: isolated Shard)
}

/// The name of an outlet, valid on every loop; what is sent to one that is gone is dropped.
public struct Port: Hashable, Sendable {
    public let shard: UInt16
    let slot: UInt32
    let generation: UInt32

    /// No outlet of its own: what is sent there goes through the router, to an account of another server.
    static func router(on shard: Int) -> Port { Port(shard: UInt16(shard), slot: routed, generation: 0) }

    static let routed = UInt32.max

    var isRouted: Bool { slot == Self.routed }
}

/// The outlets of one shard by slot, so that a delivery costs an array access and no hash.
struct OutletTable {
    private struct Slot {
        var outlet: (any Outlet)?
        var generation: UInt32
        var isDirty = false
    }

    private var slots: [Slot] = []
    private var free: [UInt32] = []
    private var dirty: [UInt32] = []

    mutating func open(_ outlet: any Outlet, shard: UInt16) -> Port {
        if let slot = free.popLast() {
            slots[Int(slot)].outlet = outlet
            return Port(shard: shard, slot: slot, generation: slots[Int(slot)].generation)
        }
        slots.append(Slot(outlet: outlet, generation: 1))
        return Port(shard: shard, slot: UInt32(slots.count - 1), generation: 1)
    }

    mutating func close(_ port: Port) {
        let index = Int(port.slot)
        guard index < slots.count, slots[index].generation == port.generation, slots[index].outlet != nil else {
            return
        }
        slots[index].outlet = nil
        slots[index].generation &+= 1
        free.append(port.slot)
    }

    /// The outlet of a port, left as it is.
    func find(_ slot: UInt32, _ generation: UInt32) -> (any Outlet)? {
        let index = Int(slot)
        guard index < slots.count, slots[index].generation == generation else { return nil }
        return slots[index].outlet
    }

    /// The outlet of a port, marked as having something to flush.
    mutating func touch(_ slot: UInt32, _ generation: UInt32) -> (any Outlet)? {
        let index = Int(slot)
        guard index < slots.count, slots[index].generation == generation else { return nil }
        if !slots[index].isDirty {
            slots[index].isDirty = true
            dirty.append(slot)
        }
        return slots[index].outlet
    }

    /// Takes the outlets to flush.
    mutating func takeDirty() -> [any Outlet] {
        let taken = dirty
        dirty.removeAll(keepingCapacity: true)
        return taken.compactMap { slot in
            slots[Int(slot)].isDirty = false
            return slots[Int(slot)].outlet
        }
    }
}
