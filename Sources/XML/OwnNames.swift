// The names of one tape that the known table lacks, each stored once.

/// Unknown names of the tape being built. Each is stored once however often it is used, so a long namespace name
/// cannot be multiplied by short elements.
struct OwnNames {
    private(set) var records: [Tape.NameRecord] = []
    /// Open addressing: a record's number plus one, 0 where free. Its count is a power of two, or 0 at first.
    private var slots: [UInt32] = []

    /// The number of a name, which is appended to `bytes` if it is new.
    mutating func number(of name: UnsafeRawBufferPointer, in bytes: inout [UInt8]) -> UInt32 {
        if (records.count + 1) * 2 > slots.count { grow(bytes) }
        var slot = Self.hash(name) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = slots[slot] - 1
            let record = records[Int(number)]
            let same = bytes.withUnsafeBytes { $0.slice(Int(record.start), Int(record.count)).equals(name) }
            if same { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = UInt32(records.count)
        records.append(Tape.NameRecord(start: UInt32(bytes.count), count: UInt32(name.count)))
        bytes.append(contentsOf: name)
        slots[slot] = number + 1
        return number
    }

    /// Forgets all names.
    mutating func reset() {
        if records.isEmpty { return }
        records.removeAll(keepingCapacity: true)
        for slot in slots.indices { slots[slot] = 0 }
    }

    private mutating func grow(_ bytes: [UInt8]) {
        let count = max(16, slots.count * 2)
        slots = [UInt32](repeating: 0, count: count)
        for (number, record) in records.enumerated() {
            var slot = bytes.withUnsafeBytes {
                Self.hash($0.slice(Int(record.start), Int(record.count))) & (count - 1)
            }
            while slots[slot] != 0 { slot = (slot + 1) & (count - 1) }
            slots[slot] = UInt32(number) + 1
        }
    }

    /// Seeded per process: names come from peers, who must not be able to choose collisions.
    private static func hash(_ name: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: name)
        return hasher.finalize()
    }
}
