// Coming and going: entering, another nick, availability, leaving.

import ScenarioKit
import XMPP

extension Client {
    /// Enters a room that it is not in, mostly under a nick of its own.
    func enter(in world: World) {
        guard let room = world.chance.pick(world.rooms), pictures[room]?.isInside != true else { return }
        let nick = world.chance.percent(85) ? name : "n\(world.chance.number(in: 1...5))"
        knock(room, nick, in: world)
    }

    private func knock(_ room: String, _ nick: String, in world: World) {
        let entry = dialect == .muc ? "<x xmlns='\(NS.muc)'>\(wishes(in: world))</x>" : ""
        send("<presence to='\(world.address(room, nick))'>\(entry)</presence>", room: room)
    }

    private func wishes(in world: World) -> String {
        let password = world.chance.percent(80) ? "<password>open</password>" : ""
        let history = world.chance.percent(15) ? "<history maxstanzas='\(world.chance.number(in: 0...5))'/>" : ""
        return password + history
    }

    /// Asks to be told everything anew.
    func resync(in world: World) {
        guard dialect == .muc, let (room, nick) = someRoom(in: world) else { return }
        knock(room, nick, in: world)
    }

    func leave(in world: World) {
        guard let (room, nick) = someRoom(in: world) else { return }
        send("<presence type='unavailable' to='\(world.address(room, nick))'/>", room: room)
    }

    func rename(in world: World) {
        guard let (room, _) = someRoom(in: world) else { return }
        let nick = world.chance.percent(50) ? "n\(world.chance.number(in: 1...5))" : "\(name)-\(next())"
        send("<presence to='\(world.address(room, nick))'/>", room: room)
    }

    func changePresence(in world: World) {
        guard let (room, nick) = someRoom(in: world) else { return }
        let show = world.chance.pick(["<show>away</show>", "<show>dnd</show>", ""]) ?? ""
        send("<presence to='\(world.address(room, nick))'>\(show)<status>\(next())</status></presence>", room: room)
    }
}
