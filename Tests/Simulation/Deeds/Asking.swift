// Asking: rooms, the service, the server and each other; and all that a well-behaved client never sends.

import ScenarioKit
import XMPP

extension Client {
    /// Asks a room.
    func ask(in world: World) {
        guard let room = world.chance.pick(world.rooms) else { return }
        let queries = [
            "<query xmlns='\(NS.discoInfo)'/>", "<query xmlns='\(NS.discoItems)'/>", "<query xmlns='\(NS.mucOwner)'/>",
            "<query xmlns='\(NS.mucAdmin)'><item affiliation='member'/></query>",
            "<query xmlns='\(NS.mucAdmin)'><item role='participant'/></query>", "<nonsense xmlns='urn:example'/>",
            "<query xmlns='jabber:iq:browse'/>",
        ]
        ask(world.chance.pick(queries) ?? "", to: world.address(room), isSet: false, room)
    }

    /// Asks the service or the server.
    func lookAround(in world: World) {
        let place = world.chance.pick([world.domain, world.accountDomain, login.bare]) ?? world.domain
        let queries = [
            "<query xmlns='\(NS.discoInfo)'/>", "<query xmlns='\(NS.discoItems)'/>", "<ping xmlns='\(NS.ping)'/>",
            "<query xmlns='jabber:iq:roster'/>", "<vCard xmlns='vcard-temp'/>", "<query xmlns='jabber:iq:version'/>",
        ]
        ask(world.chance.pick(queries) ?? "", to: place, isSet: false, nil)
    }

    /// Reads a page of the archive of a room, from its beginning or its end.
    func readArchive(in world: World) {
        guard let room = world.chance.pick(world.rooms) else { return }
        let end = world.chance.percent(60) ? "<before/>" : ""
        let page = "<set xmlns='\(NS.rsm)'><max>\(world.chance.number(in: 1...30))</max>\(end)</set>"
        ask(
            "<query xmlns='\(NS.mam)' queryid='\(next("a"))'>\(page)</query>", to: world.address(room), isSet: true,
            room)
    }

    /// Asks somebody in a room, who answers.
    func pingSomebody(in world: World) {
        guard let (room, nick) = somebody(in: world) else { return }
        let query = world.chance.percent(50) ? "<ping xmlns='\(NS.ping)'/>" : "<query xmlns='jabber:iq:version'/>"
        ask(query, to: world.address(room, nick), isSet: false, room)
    }

    /// Sends what is wrong in some way; nothing may come of it but an error.
    func forge(in world: World) {
        guard let room = world.chance.pick(world.rooms) else { return }
        let (address, text) = (world.address(room), next("f"))
        let forgeries = [
            "<presence to='\(address)/'><x xmlns='\(NS.muc)'/></presence>",
            "<presence to='\(address)/\(String(repeating: "n", count: 1_024))'><x xmlns='\(NS.muc)'/></presence>",
            "<presence to='\(address)/ '><x xmlns='\(NS.muc)'/></presence>",
            "<presence type='subscribed' to='\(address)/x'/>", "<presence type='nonsense' to='\(address)/x'/>",
            "<message type='groupchat' id='\(text)' to='\(address)/nobody'><body>\(text)</body></message>",
            "<message type='error' id='\(text)' to='\(address)'><body>\(text)</body></message>",
            "<message id='\(text)' to='\(address)'><x xmlns='\(NS.mucUser)'><invite to='nobody@@'/></x></message>",
            "<iq type='result' id='\(text)' to='\(address)/c001'/>",
            "<iq type='error' id='\(text)' to='\(address)'/>",
            "<message to='a@b@c'><body>\(text)</body></message>", "<nonsense xmlns='urn:example'/>",
            "<presence from='somebody@\(world.accountDomain)' to='\(address)/x'/>",
            "<message type='groupchat' to='\(address)'><body>\(text)</message>",
        ]
        guard let stanza = world.chance.pick(forgeries) else { return }
        send(stanza, room: room)
    }
}
