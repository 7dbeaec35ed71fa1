// A decision of several events in the making: each one is decided in the room as the ones before it leave it.

/// The events decided so far, and the room as they leave it.
///
/// What follows from an event (who must go, whether the room ends) depends on the state after it, and so does the
/// journal position of the next one: so the draft applies each event to its own copy of the room at once.
struct Draft {
    private(set) var room: Room
    private(set) var events: [Event] = []

    init(_ room: Room) { self.room = room }

    /// Whether the room came to its end in this draft; nothing follows that.
    var isOver: Bool { events.last?.isEnding == true }

    mutating func add(_ event: Event) {
        guard !isOver else { return }
        room.apply(event)
        events.append(event)
    }

    mutating func add(_ next: [Event]) {
        for event in next { add(event) }
    }
}
