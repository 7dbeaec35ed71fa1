// One client: its connection, its picture of every room, and what it does when it hears something.

import DialectKit
import Host
import ScenarioKit
import XML
import XMPP

// SAFETY: a world and everything in it is used by one thread; its scheduler runs work only within that thread's calls.
/// A client of one resource, with one dialect for all its life.
final class Client: LineListener, @unchecked Sendable {
    let name: String
    let login: Login
    let dialect: Part.Dialect
    let readsBytes: Bool
    private(set) var pictures: [String: Picture] = [:]
    /// Rises with every connection.
    private(set) var connection = 0
    private(set) var isConnected = false
    private var line: InProcessLine?
    private var words = 0
    private var visits: [String: Int] = [:]
    /// Rooms that showed it to itself since it was last told history there: more history begins another visit.
    private var shown: Set<String> = []
    private unowned let world: World

    init(_ name: String, _ login: Login, _ dialect: Part.Dialect, readsBytes: Bool, in world: World) {
        self.name = name
        self.login = login
        self.dialect = dialect
        self.readsBytes = readsBytes
        self.world = world
    }

    /// Whether it is connected, or on its way.
    var hasLine: Bool { line != nil }

    // MARK: The connection

    func connect(to shard: Shard, _ scheduler: SeededScheduler, nonce: String) {
        connection += 1
        let login = login.with(resource: login.resource, nonce: nonce)
        let line = InProcessLine(login, .inRooms, ManagedStream(), shard, scheduler, listener: self)
        self.line = line
        line.open(Playbill.streams(decoySecret: Array(repeating: 7, count: 16)))
    }

    func isOnline() {
        isConnected = true
        world.note("connected", by: self)
    }

    /// The connection breaks.
    func cut() {
        world.note("loses its connection", by: self)
        line?.drop()
    }

    /// Ends the stream in order.
    func quit() {
        world.note("ends its stream", by: self)
        line?.close(saying: world.chance.percent(50) ? "<presence type='unavailable'/>" : "")
    }

    /// The process at the other end died.
    func die() { line?.die() }

    private func lost(_ reason: String) {
        guard line != nil else { return }
        world.note("is disconnected: \(reason)", by: self)
        line = nil
        isConnected = false
        for room in pictures.keys { endVisit(in: room) }
        pictures = [:]
        world.answers.lost(name)
    }

    // MARK: Sending

    /// A word nobody ever said: `c017.m5`.
    func next(_ kind: String = "m") -> String {
        words += 1
        return "\(name).\(kind)\(words)"
    }

    func send(_ text: String, room: String? = nil, naming other: Client? = nil) {
        guard let line, isConnected else { return }
        if let other { world.tap.typed(naming: world.reader.owners[other.login.local] ?? [], by: name) }
        world.course.add(.init(time: world.now, client: name, room: room, what: .said(text)))
        line.send(Array(text.utf8))
    }

    func ask(_ payload: String, to address: String, isSet: Bool, _ room: String?, naming other: Client? = nil) {
        guard isConnected else { return }
        let id = next("q")
        world.answers.asked(id, by: name, connection, what: "\(payload) to \(address)")
        send(
            "<iq type='\(isSet ? "set" : "get")' id='\(id)' to='\(address)'>\(payload)</iq>", room: room, naming: other)
    }

    // MARK: Choosing

    /// A room it believes to be in.
    func someRoom(in world: World) -> (room: String, nick: String)? {
        let inside = pictures.filter { $0.value.isInside }
        return world.chance.pick(inside.keys.sorted()).map { ($0, inside[$0]?.nick ?? "") }
    }

    func someNick(of room: String, in world: World) -> String? {
        world.chance.pick((pictures[room]?.occupants.keys.sorted()) ?? [])
    }

    /// Somebody it sees.
    func somebody(in world: World) -> (room: String, nick: String)? {
        guard let (room, _) = someRoom(in: world) else { return nil }
        return someNick(of: room, in: world).map { (room, $0) }
    }

    // MARK: Hearing

    func heard(_ template: Template) { world.deliver(world.reader.heard(template), to: self) }

    func heard(_ item: Feed.Item) {
        switch item {
        case .stanza(let element): world.deliver(world.reader.heard(element), to: self)
        case .aside: break
        case .ended(let reason): lost(reason)
        }
    }

    /// Takes in a stanza.
    func take(_ heard: Heard) {
        if heard.kind == "iq" { return takeRequest(heard) }
        if heard.kind == "message", heard.type == "error", let id = heard.id, id.hasPrefix("\(name).m") {
            return world.report(world.answers.refusal(of: id, to: name, heard.error ?? ""))
        }
        if let page = heard.page, let room = heard.room { return takePage(page, room) }
        if heard.codes.contains("110"), let room = heard.room { shown.insert(room) }
        guard let room = heard.room, let news = pictures[room, default: Picture()].fold(heard) else { return }
        switch news {
        case .entered(let created):
            if created { submit(to: room, in: world) }
        case .left: endVisit(in: room)
        case .said(let text, let isHistory): takeWords(text, isHistory, room)
        case .subject: break
        }
    }

    private func takeWords(_ text: String, _ isHistory: Bool, _ room: String) {
        if isHistory, shown.remove(room) != nil { endVisit(in: room) }
        world.told.told(text, in: visit(in: room))
        if !isHistory, text.hasPrefix("\(name).") { world.report(world.answers.shown(text, to: name)) }
    }

    /// What the archive shows is told, too: in the journal's order, and of one page without a gap.
    private func takePage(_ page: Heard.Page, _ room: String) {
        guard let text = page.body, let number = Int(page.query.drop { $0 != "a" }.dropFirst()) else { return }
        let visit = Visit(client: name, room: room, number: -number)
        world.told.told(text, in: visit)
        world.told.ended(visit)
    }

    private func visit(in room: String) -> Visit { Visit(client: name, room: room, number: visits[room, default: 1]) }

    private func endVisit(in room: String) {
        world.told.ended(visit(in: room))
        visits[room, default: 1] += 1
    }

    private func takeRequest(_ heard: Heard) {
        guard let id = heard.id else { return }
        switch heard.type {
        case "result", "error": world.report(world.answers.answer(id, to: name))
        default:
            if heard.element.firstChild?.namespace == NS.ping {
                send("<iq type='result' id='\(id)' to='\(heard.from)'/>", room: heard.room)
            } else {
                let error = "<error type='cancel'><service-unavailable xmlns='\(NS.stanzas)'/></error>"
                send("<iq type='error' id='\(id)' to='\(heard.from)'>\(error)</iq>", room: heard.room)
            }
        }
    }
}
