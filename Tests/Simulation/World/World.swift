// One seed's world: a house with a disk, clients, and the checkers that listen to everything.

import Host
import Rooms
import ScenarioKit
import Storage
import XMPP

// SAFETY: a world and everything in it is used by one thread; its scheduler runs work only within that thread's calls.
/// The world of one seed.
package final class World: @unchecked Sendable {
    let seed: UInt64
    let recipe: Recipe
    let rooms: [String]
    private(set) var clients: [Client] = []
    /// What the clients do next.
    var chance: Chance
    let reader = StanzaReader()
    let tap = Wiretap()
    var course: Course
    var told = ToldChecker()
    var answers = AnswerChecker()
    private var journal = JournalChecker()
    private(set) var tally = Tally()
    /// The first thing that was found.
    private(set) var violation: Violation?
    private var trouble: Chance
    private let fault: Fault?
    private let dice: Dice
    private let scheduler: SeededScheduler
    private let outside: SeededScheduler.Sender
    private let disk: Disk
    private let entropy: Entropy
    private var house: InProcessHouse

    /// What happened, in numbers.
    package struct Tally: Sendable {
        package fileprivate(set) var heard = 0
        package fileprivate(set) var crashes = 0
    }

    /// - Parameter keeps: how many of the last things that happen are kept.
    package init(seed: UInt64, _ recipe: Recipe, fault: Fault? = nil, keeps: Int = 5_000) {
        self.seed = seed
        self.recipe = recipe
        self.fault = fault
        course = Course(keeps: keeps)
        rooms = (1...recipe.rooms).map { "r\($0)" }
        chance = Chance(seed, for: "clients")
        trouble = Chance(seed, for: "trouble")
        dice = Dice(seed)
        entropy = Entropy(seed)
        scheduler = SeededScheduler(seed: Chance.first(of: seed, for: "network"), now: Playbill.opening)
        outside = scheduler.makeSender()
        disk = Disk(seed: seed, scheduler, fault: fault)
        house = Self.house(recipe, disk, scheduler, outside, entropy)
        populate()
    }

    private static func house(
        _ recipe: Recipe, _ disk: Disk, _ scheduler: SeededScheduler, _ outside: SeededScheduler.Sender,
        _ entropy: Entropy
    ) -> InProcessHouse {
        InProcessHouse(
            recipe.options, shards: recipe.shards, limits: recipe.limits, store: disk.storage, on: scheduler,
            outside: outside, randomBytes: { entropy.bytes($0) })
    }

    private func populate() {
        for number in 1...recipe.clients {
            let name = "c\(String(1_000 + number).dropFirst())"
            let former = clients.last?.login
            let isSecond = former != nil && chance.percent(recipe.secondResources)
            let login: Login
            if let former, isSecond {
                login = former.with(resource: name, nonce: "first")
            } else {
                login = Login(
                    local: "\(StanzaReader.mark)\(number)", domain: Playbill.accountDomain, resource: name,
                    password: "secret", nonce: "first")
                register(login)
            }
            let dialect = chance.percent(recipe.groupchatShare) ? Part.Dialect.groupchat : .muc
            clients.append(
                Client(name, login, dialect, readsBytes: chance.percent(recipe.byteReaders), in: self))
            reader.owners[login.local, default: []].append(name)
            tap.know(name, login)
        }
        scheduler.run()
    }

    private func register(_ login: Login) {
        guard let record = try? Playbill.record(of: login, entropy: entropy.bytes) else { return }
        disk.storage.createAccount(record) { result in
            if case .failure(let fault) = result { preconditionFailure("no account: \(fault)") }
        }
    }

    // MARK: For the clients

    var now: Moment { scheduler.now }
    var domain: String { InProcessHouse.rooms }
    var accountDomain: String { Playbill.accountDomain }

    func address(_ room: String) -> String { "\(room)@\(domain)" }

    func address(_ room: String, _ nick: String) -> String { "\(room)@\(domain)/\(nick)" }

    func note(_ text: String, by client: Client? = nil) {
        course.add(.init(time: now, client: client?.name, room: nil, what: .done(text)))
    }

    /// A checker found something, or nothing.
    func report(_ found: Violation?) {
        if violation == nil { violation = found }
    }

    /// A stanza reaches a client.
    func deliver(_ heard: Heard, to client: Client) {
        for _ in 0..<(fault?.copies(dice) ?? 1) {
            tally.heard += 1
            course.add(.init(time: now, client: client.name, room: heard.room, what: .heard(heard)))
            if !heard.owners.isEmpty || !heard.codes.isEmpty || heard.endsRoom {
                tap.delivered(heard.element, to: client.name, naming: heard.owners)
            }
            client.take(heard)
        }
    }

    // MARK: The course of things

    /// Lives through all its steps, and comes to rest.
    ///
    /// - Returns: what was found; nil: nothing.
    package func run() -> Violation? {
        for _ in 0..<recipe.steps {
            step()
            if violation != nil { return violation }
        }
        rest()
        if violation == nil { crash() }
        if violation == nil { rest() }
        return violation
    }

    private func step() {
        if happens(recipe.rests) { return rest() }
        if happens(recipe.crashes) { return crash() }
        if happens(recipe.failures) {
            note("a commit fails")
            disk.fail()
        }
        if happens(recipe.moods) { disk.changeMood() }
        if let client = chance.pick(clients) { act(client) }
        scheduler.run(atMost: trouble.number(in: 0...recipe.haste))
        scheduler.pass(.milliseconds(trouble.number(in: 0...400)))
    }

    /// True so many times in a run, more or less.
    private func happens(_ times: Int) -> Bool { trouble.number(in: 0...(recipe.steps - 1)) < times }

    private func act(_ client: Client) {
        if !client.hasLine {
            guard let shard = chance.pick(house.house.shards) else { return }
            client.connect(to: shard, scheduler, nonce: "n\(chance.number(in: 1...1_000_000))")
        } else if client.isConnected, let deed = chance.pick(weighted: recipe.weights) {
            deed.perform(client, in: self)
        }
    }

    /// Everything that was begun is brought to its end, and everything is looked at.
    private func rest() {
        scheduler.run()
        // what a failed commit took back is tried again, and who answers no request is answered for
        scheduler.advance(by: .seconds(recipe.limits.retrySeconds + recipe.limits.relaySeconds + 1))
        note("rest")
        let found = rooms.map { (name: $0, state: inspect($0)) }
        for (name, state) in found where state.room?.settings.isOpen == true { tap.know(openRoom: address(name)) }
        // whoever was made admin while away is told nothing of it, and may read
        for life in disk.ledger.inOrder { tap.know(rulers: life.rulers.map(\.description), of: address(life.key.name)) }
        report(tap.settle().map { Violation(rule: "leak", what: $0.description, clients: [$0.reader]) })
        report(journal.judge(disk.ledger))
        report(told.judge(disk.ledger, isQuiet: true))
        report(answers.judge(disk.ledger))
        for (name, state) in found { judge(name, state) }
    }

    /// A room in memory, and what waits for it.
    private func inspect(_ name: String) -> Found {
        let shard = house.house.shards[house.house.shard(ofLocal: name)]
        let found = Found()
        house.run(on: shard) { shard in
            guard let (room, waiting) = shard.hall(of: "main")?.inspect(name) else { return }
            found.room = room
            found.waiting = waiting
        }
        scheduler.run()
        return found
    }

    private func judge(_ name: String, _ found: Found) {
        if let room = found.room {
            report(RoomChecker.judge(room, waiting: found.waiting, disk.ledger.living(name)))
        }
        let connected = clients.filter(\.isConnected)
        let addresses = Dictionary(uniqueKeysWithValues: clients.map { ($0.name, $0.login.full) })
        let pictures = Dictionary(uniqueKeysWithValues: connected.map { ($0.name, $0.pictures[name] ?? Picture()) })
        report(RosterChecker.judge(found.room, name, addresses, pictures))
    }

    /// The process dies and comes again; nobody is connected any more.
    private func crash() {
        note("the process dies")
        tally.crashes += 1
        scheduler.kill()
        for client in clients { client.die() }
        scheduler.kill()
        tap.forgetVisits()
        do throws(Violation) {
            try disk.crash(rooms: rooms)
        } catch {
            return report(error)
        }
        report(journal.judge(disk.ledger))
        report(told.judge(disk.ledger, isQuiet: false))
        report(disk.checkRecovery(rooms: rooms, recipe.options.limits))
        house = Self.house(recipe, disk, scheduler, outside, entropy)
    }

    // MARK: The verdict

    package var digest: UInt64 { course.digest }
    package var lines: [String] { course.lines }
    package var writtenRows: Int { disk.ledger.inOrder.reduce(0) { $0 + $1.rows.count } }

    /// The last things that happened to those concerned.
    package func background(of violation: Violation, _ count: Int = 40) -> [String] {
        course.last(count, of: violation.clients, in: violation.room)
    }
}

// SAFETY: as `World`.
/// What a look at a room finds.
private final class Found: @unchecked Sendable {
    var room: Room?
    var waiting = 0
}

// SAFETY: as `World`.
/// The chance of the house itself.
private final class Entropy: @unchecked Sendable {
    private var chance: Chance

    init(_ seed: UInt64) { chance = Chance(seed, for: "entropy") }

    func bytes(_ count: Int) -> [UInt8] { chance.bytes(count) }
}

extension Chance {
    static func first(of seed: UInt64, for thing: String) -> UInt64 {
        var chance = Chance(seed, for: thing)
        return chance.next()
    }
}
