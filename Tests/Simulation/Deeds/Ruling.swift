// Ruling: ranks, removal, configuration and the end of rooms, asked for by those who may and by those who may not.

import ScenarioKit
import XMPP

extension Client {
    /// A room in which it may rule, or now and then one in which it may not.
    private func realm(in world: World) -> (room: String, nick: String)? {
        let own = pictures.filter { $0.value.own?.role == "moderator" || $0.value.own?.affiliation == "owner" }
        guard !own.isEmpty else { return world.chance.percent(10) ? someRoom(in: world) : nil }
        return world.chance.pick(own.keys.sorted()).map { ($0, own[$0]?.nick ?? "") }
    }

    private func demand(_ item: String, in room: String, _ world: World, naming other: Client? = nil) {
        ask("<query xmlns='\(NS.mucAdmin)'>\(item)</query>", to: world.address(room), isSet: true, room, naming: other)
    }

    func kick(in world: World) {
        guard let (room, _) = realm(in: world), let nick = someNick(of: room, in: world) else { return }
        demand("<item nick='\(nick)' role='none'><reason>out</reason></item>", in: room, world)
    }

    func changeRole(in world: World) {
        guard let (room, _) = realm(in: world), let nick = someNick(of: room, in: world),
            let role = world.chance.pick(["visitor", "participant", "participant", "moderator"])
        else { return }
        demand("<item nick='\(nick)' role='\(role)'/>", in: room, world)
    }

    func affiliate(in world: World) {
        let ranks: [(value: String, weight: Int)] = [
            ("outcast", 2), ("none", 4), ("member", 6), ("admin", 2), ("owner", 1),
        ]
        guard let (room, _) = realm(in: world), let other = world.chance.pick(world.clients),
            let rank = world.chance.pick(weighted: ranks)
        else { return }
        demand("<item jid='\(other.login.bare)' affiliation='\(rank)'/>", in: room, world, naming: other)
    }

    func configure(in world: World) {
        guard let (room, _) = realm(in: world) else { return }
        submit(to: room, in: world)
    }

    /// Submits some fields of the form.
    func submit(to room: String, in world: World) {
        let choices: [(String, [String])] = [
            ("muc#roomconfig_moderatedroom", ["0", "0", "1"]), ("muc#roomconfig_membersonly", ["0", "0", "0", "1"]),
            ("muc#roomconfig_whois", ["moderators", "anyone"]),
            ("muc#roomconfig_roomsecret", ["", "", "open", "shut"]),
            ("muc#roomconfig_changesubject", ["0", "1"]), ("muc#roomconfig_publicroom", ["0", "1"]),
            ("muc#roomconfig_allowpm", ["anyone", "participants", "moderators", "none"]),
        ]
        var fields = [("muc#roomconfig_persistentroom", world.chance.percent(85) ? "1" : "0")]
        for (field, values) in choices where world.chance.percent(25) {
            if let value = world.chance.pick(values) { fields.append((field, value)) }
        }
        let form = fields.map { "<field var='\($0.0)'><value>\($0.1)</value></field>" }.joined()
        let type = "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
        ask(
            "<query xmlns='\(NS.mucOwner)'><x xmlns='jabber:x:data' type='submit'>\(type)\(form)</x></query>",
            to: world.address(room), isSet: true, room)
    }

    func destroy(in world: World) {
        guard let (room, _) = realm(in: world) else { return }
        ask(
            "<query xmlns='\(NS.mucOwner)'><destroy><reason>over</reason></destroy></query>", to: world.address(room),
            isSet: true, room)
    }
}
