// What the world of one seed is like: each seed has its own mix, so that what never meets in an even mix meets in some.

import Groupchat
import Host
import Rooms
import ScenarioKit

/// The mix of one seed (swarm testing).
package struct Recipe: Sendable {
    /// How large a world may be.
    package enum Size: Sendable {
        /// Some ten clients, for the suite: tens of milliseconds to a second.
        case small
        /// Some hundred clients.
        case full
    }

    package var clients: Int
    package var rooms: Int
    package var steps: Int
    package var shards: Int
    /// How many of a hundred clients know groupchat 1.0 only.
    package var groupchatShare: Int
    /// How many of a hundred clients read every byte, and not rendered stanzas as they are.
    package var byteReaders: Int
    /// How many of a hundred clients are a second resource of an account.
    package var secondResources: Int
    var options = ServiceOptions()
    var limits = HostLimits()
    var weights: [(value: Deed, weight: Int)] = []
    /// How often, more or less, the process dies, some commits fail, the disk gets another speed, and everything is let
    /// come to rest.
    package var crashes: Int
    package var failures: Int
    package var moods: Int
    package var rests: Int
    /// The most pieces of work done between two steps; the least is none.
    package var haste: Int

    package init(seed: UInt64, size: Size) {
        var chance = Chance(seed, for: "recipe")
        switch size {
        case .small:
            clients = chance.number(in: 6...16)
            rooms = chance.number(in: 1...3)
            steps = clients * chance.number(in: 20...50)
            (crashes, failures, rests) = (chance.number(in: 0...3), chance.pick([0, 0, 2, 6]) ?? 0, 5)
        case .full:
            clients = chance.number(in: 60...240)
            rooms = chance.number(in: 1...20)
            steps = clients * chance.number(in: 20...50)
            (crashes, failures, rests) = (chance.number(in: 0...6), chance.pick([0, 0, 5, 40]) ?? 0, 20)
        }
        shards = chance.number(in: 1...4)
        groupchatShare = chance.pick([0, 20, 50, 50, 80]) ?? 50
        byteReaders = chance.pick([0, 10, 10, 100]) ?? 10
        secondResources = chance.pick([0, 10, 30]) ?? 10
        moods = chance.number(in: 0...40)
        haste = chance.pick([20, 60, 200, 600]) ?? 60
        weights = Deed.allCases.map { deed in
            let isOut = !deed.isAlwaysThere && chance.percent(25)
            return (deed, isOut ? 0 : chance.number(in: 1...(2 * deed.weight)))
        }
        choose(&chance)
    }

    /// The service and its limits: mostly the defaults, often something tight.
    private mutating func choose(_ chance: inout Chance) {
        options.locksNewRooms = chance.percent(50)
        options.groupchatJoin = chance.percent(70) ? .accept : .auto
        limits.eventsPerSnapshot = chance.number(in: 3...40)
        limits.roomBatch = chance.pick([1, 4, 64, 512]) ?? 64
        limits.unansweredChanges = chance.pick([1, 4, 64]) ?? 64
        if chance.percent(20) { limits.roomMailbox = chance.number(in: 2...40) }
        if chance.percent(20) { options.limits.occupants = chance.number(in: 3...30) }
        if chance.percent(20) { options.limits.affiliations = chance.number(in: 2...8) }
        if chance.percent(20) { options.limits.seatsPerParticipant = 1 }
        if chance.percent(20) { options.limits.tailEvents = chance.number(in: 0...10) }
        if chance.percent(20) { options.limits.historyMessages = chance.number(in: 1...10) }
    }
}
