// What clients do: one case for each kind of behaviour, with how often it is done in an even mix.

/// A kind of behaviour.
package enum Deed: String, CaseIterable, Sendable {
    case enter, leave, say, mumble, whisper, rename, subject, presence, resync
    case cut, quit
    case kick, voice, affiliate, configure, destroy
    case ask, look, ping, read, write, forge

    /// How often, among the others.
    var weight: Int {
        switch self {
        case .say: 40
        case .enter: 25
        case .whisper, .rename, .presence, .ask, .look, .ping, .read: 4
        case .leave, .cut, .subject, .affiliate, .voice, .write, .mumble: 3
        case .kick, .configure, .forge, .resync, .quit: 2
        case .destroy: 1
        }
    }

    /// Without these nothing happens.
    var isAlwaysThere: Bool { self == .say || self == .enter }

    /// Has a connected client do it, if it can.
    func perform(_ client: Client, in world: World) {
        switch self {
        case .enter: client.enter(in: world)
        case .leave: client.leave(in: world)
        case .say: client.say(in: world)
        case .mumble: client.mumble(in: world)
        case .whisper: client.whisper(in: world)
        case .rename: client.rename(in: world)
        case .subject: client.changeSubject(in: world)
        case .presence: client.changePresence(in: world)
        case .resync: client.resync(in: world)
        case .cut: client.cut()
        case .quit: client.quit()
        case .kick: client.kick(in: world)
        case .voice: client.changeRole(in: world)
        case .affiliate: client.affiliate(in: world)
        case .configure: client.configure(in: world)
        case .destroy: client.destroy(in: world)
        case .ask: client.ask(in: world)
        case .look: client.lookAround(in: world)
        case .ping: client.pingSomebody(in: world)
        case .read: client.readArchive(in: world)
        case .write: client.write(in: world)
        case .forge: client.forge(in: world)
        }
    }
}
