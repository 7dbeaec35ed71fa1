// Talking: to everybody, to one, about the subject, and to somebody outside of all rooms.

import ScenarioKit
import XMPP

extension Client {
    /// Says something that nobody else ever says.
    func say(in world: World) {
        guard let room = someRoom(in: world)?.room ?? stray(in: world) else { return }
        let text = next()
        world.answers.said(text, by: name, connection, in: room)
        send(
            "<message type='groupchat' id='\(text)' to='\(world.address(room))'><body>\(text)</body></message>",
            room: room)
    }

    /// Now and then one speaks where it does not sit.
    private func stray(in world: World) -> String? { world.chance.percent(5) ? world.chance.pick(world.rooms) : nil }

    /// Says something that is only told and never kept.
    func mumble(in world: World) {
        guard let (room, _) = someRoom(in: world) else { return }
        let state = "<composing xmlns='http://jabber.org/protocol/chatstates'/>"
        send("<message type='groupchat' id='\(next("k"))' to='\(world.address(room))'>\(state)</message>", room: room)
    }

    /// Whispers to somebody it sees.
    func whisper(in world: World) {
        guard let (room, nick) = somebody(in: world) else { return }
        let text = next("p")
        send(
            "<message type='chat' id='\(text)' to='\(world.address(room, nick))'><body>\(text)</body></message>",
            room: room)
    }

    func changeSubject(in world: World) {
        guard let (room, _) = someRoom(in: world) else { return }
        let text = world.chance.percent(10) ? "" : next("s")
        let change = "<subject>\(text)</subject>"
        send("<message type='groupchat' id='\(next("s"))' to='\(world.address(room))'>\(change)</message>", room: room)
    }

    /// Writes to somebody's account, who may be there or not.
    func write(in world: World) {
        guard let other = world.chance.pick(world.clients), other.login.bare != login.bare else { return }
        let text = next("d")
        send("<message type='chat' id='\(text)' to='\(other.login.bare)'><body>\(text)</body></message>", naming: other)
    }
}
