// The IQs that a room passed on and that are not answered yet (law 2).

import Rooms
import XMPP

/// Open relayed IQs: bounded for each seat, and each with a deadline. Belongs to the loop, not to the room.
struct RelayTable: Sendable {
    /// One relayed request.
    struct Open: Sendable {
        /// The request as it came.
        let request: Envelope
        let asker: SeatID
        /// The address that was asked, which alone may answer.
        let asked: JID
        let askedSeat: SeatID?
        /// Not earlier than that of any request before it: all have the same time.
        let deadline: Moment
        /// The id under which it is passed on, where that is its own.
        fileprivate(set) var ownID: String?

        init(request: Envelope, asker: SeatID, asked: JID, askedSeat: SeatID?, deadline: Moment) {
            self.request = request
            self.asker = asker
            self.asked = asked
            self.askedSeat = askedSeat
            self.deadline = deadline
        }

        fileprivate var question: Question? { ownID.map { Question(id: $0, asked: asked) } }
    }

    /// What tells a request that kept its id from others.
    fileprivate struct Question: Hashable, Sendable {
        let id: String
        let asked: JID
    }

    private static let prefix = "relay-"

    private var open: [UInt64: Open] = [:]
    private var own: [Question: UInt64] = [:]
    private var counts: [SeatID: Int] = [:]
    private var next: UInt64 = 1
    /// The number of the oldest request that may be open.
    private var first: UInt64 = 1

    var isEmpty: Bool { open.isEmpty }

    var nextDeadline: Moment? { open[first]?.deadline }

    func count(of seat: SeatID) -> Int { counts[seat] ?? 0 }

    /// Notes a request that is passed on, and gives the id it goes under.
    ///
    /// - Parameter keepsID: that is its own, unless another one is open with it (XEP-0403 §4.5).
    mutating func add(_ entry: Open, keepsID: Bool = false) -> String {
        var entry = entry
        let number = next
        next += 1
        if keepsID, let id = entry.request.stanza.id, !id.hasPrefix(Self.prefix) {
            let question = Question(id: id, asked: entry.asked)
            if own[question] == nil {
                own[question] = number
                entry.ownID = id
            }
        }
        open[number] = entry
        counts[entry.asker, default: 0] += 1
        return entry.ownID ?? Self.prefix + String(number)
    }

    /// The request that `id` answers, if `from` is who was asked.
    mutating func answer(_ id: String, from: JID) -> Open? {
        if let number = own[Question(id: id, asked: from)] { return take(number) }
        guard id.hasPrefix(Self.prefix), let number = UInt64(id.dropFirst(Self.prefix.count)),
            open[number]?.asked == from, open[number]?.ownID == nil
        else { return nil }
        return take(number)
    }

    /// Requests that nobody will answer any more, because their time is over.
    mutating func expire(at now: Moment) -> [Open] {
        var expired: [Open] = []
        while let entry = open[first], entry.deadline <= now, take(first) != nil { expired.append(entry) }
        return expired
    }

    /// Requests to a seat that is gone and requests by it: nobody will answer them any more.
    mutating func leave(_ seat: SeatID) -> [Open] {
        open.filter { $0.value.askedSeat == seat || $0.value.asker == seat }.keys.sorted().compactMap { take($0) }
    }

    private mutating func take(_ number: UInt64) -> Open? {
        guard let entry = open.removeValue(forKey: number) else { return nil }
        if let question = entry.question { own[question] = nil }
        while first < next, open[first] == nil { first += 1 }
        counts[entry.asker, default: 1] -= 1
        if counts[entry.asker] == 0 { counts[entry.asker] = nil }
        return entry
    }
}
