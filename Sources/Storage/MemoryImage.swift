// What a memory store would find on its disk after a crash.

/// The synced image: a value, so a copy of it is a store after restart.
struct MemoryImage: Sendable {
    private(set) var rooms: [RoomNumber: MemoryRoom] = [:]
    private var numbers: [RoomKey: RoomNumber] = [:]
    private var lastNumber: Int64 = 0
    private(set) var accounts: [String: MemoryAccount] = [:]
    private var lastPlace: Int64 = 0

    /// The room of a name.
    func room(_ key: RoomKey) -> MemoryRoom? { numbers[key].flatMap { rooms[$0] } }

    /// Writes a batch whole, or faults and changes nothing.
    mutating func write(_ batch: RoomBatch) throws(StorageFault) -> RoomNumber {
        guard let number = batch.number else { return try create(batch) }
        guard rooms[number]?.key == batch.key else { throw .conflict(.roomMissing(batch.key)) }
        if batch.ends {
            rooms[number] = nil
            numbers[batch.key] = nil
        } else {
            try rooms[number]?.write(batch)
        }
        return number
    }

    private mutating func create(_ batch: RoomBatch) throws(StorageFault) -> RoomNumber {
        guard numbers[batch.key] == nil else { throw .conflict(.roomExists(batch.key)) }
        let number = RoomNumber(rawValue: lastNumber + 1)
        if !batch.ends {
            var room = MemoryRoom(key: batch.key, number: number, face: batch.face)
            try room.write(batch)
            rooms[number] = room
            numbers[batch.key] = number
        }
        lastNumber += 1
        return number
    }

    /// The rooms of a service in the order of their names.
    func directory(of service: String, listedOnly: Bool) -> [DirectoryEntry] {
        numbers.filter { $0.key.service == service }.compactMap { rooms[$0.value] }
            .filter { $0.face.listed || !listedOnly }
            .map { DirectoryEntry(name: $0.key.name, title: $0.face.title, listed: $0.face.listed) }
            .inByteOrder(of: \.name)
    }

    /// Deletes notes from before a time and answers how many.
    mutating func expireNotes(before time: Int64) -> Int {
        var count = 0
        for number in rooms.keys { count += rooms[number]?.expireNotes(before: time) ?? 0 }
        return count
    }

    /// Creates an account, or answers false if there is one of the name.
    mutating func create(_ account: AccountRecord) -> Bool {
        guard accounts[account.name] == nil else { return false }
        accounts[account.name] = MemoryAccount(account)
        return true
    }

    /// Deletes an account and answers whether there was one.
    mutating func deleteAccount(_ name: String) -> Bool { accounts.removeValue(forKey: name) != nil }

    /// Changes an account, or faults if there is none.
    mutating func change<Value>(
        _ name: String, _ body: (inout MemoryAccount) throws(StorageFault) -> Value
    ) throws(StorageFault) -> Value {
        guard var account = accounts[name] else { throw .conflict(.accountMissing(name)) }
        let value = try body(&account)
        accounts[name] = account
        return value
    }

    /// The next place of an offline message.
    mutating func nextPlace() -> Int64 {
        lastPlace += 1
        return lastPlace
    }
}
