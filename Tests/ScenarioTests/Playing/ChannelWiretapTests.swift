// Shows that the wiretap finds an address in what a channel of MIX says, and is silent where it was for its reader.

import DialectKit
import Rooms
import ScenarioKit
import Testing
import XML
import XMPP

@Suite struct ChannelWiretapTests {
    private let tap = Wiretap(rooms: "chat.example", channels: "mix.example")
    private static let id = "p7k2m5x4c3d6q3z5"

    init() {
        for (name, local) in [("Hag66", "hag-x1"), ("Crone", "crone-x2"), ("Wicca", "wicca-x3")] {
            tap.know(
                name, Login(local: local, domain: "witches.example", resource: "broom", password: "p", nonce: "n"))
        }
    }

    private func deliver(_ text: String, to reader: String) throws {
        tap.delivered(try Element(parsing: text), to: reader)
    }

    private func know(isOpen: Bool, rulers: [String] = []) {
        tap.know(room: "coven@chat.example", showsAddresses: isOpen, rulers: rulers)
    }

    private static func event(_ node: String, _ item: String) -> String {
        "<message from='coven@mix.example'><event xmlns='\(NS.pubsubEvent)'>"
            + "<items node='urn:xmpp:mix:nodes:\(node)'>\(item)</items></event></message>"
    }

    private static let participant = event(
        "participants",
        "<item id='\(id)'><participant xmlns='\(NS.mixCore)'><nick>x</nick><jid>crone-x2@witches.example</jid>"
            + "</participant></item>")
    private static let letter =
        "<message type='chat' from='\(id)#coven@mix.example/r1r2r3r4'><body>I am</body>"
        + "<mix xmlns='\(NS.mixCore)'><jid>crone-x2@witches.example</jid></mix></message>"

    private static func kept(from: String) -> String {
        "<message from='hag-x1@witches.example'><result xmlns='\(NS.mam)'><forwarded xmlns='\(NS.forward)'>"
            + "<message type='groupchat' from='\(from)'><body>All hail</body><mix xmlns='\(NS.mixCore)'>"
            + "<jid>crone-x2@witches.example</jid></mix></message></forwarded></result></message>"
    }

    private static let address = "<jid>crone-x2@witches.example</jid>"

    /// Wherever in what a channel says it stands, and wherever that is kept.
    @Test(arguments: [
        participant,
        event("jidmap", "<item id='a'><participant>\(address)</participant></item>"),
        event("participants", "<item id='a'><participant jid='crone-x2@witches.example'/></item>"),
        event("messages", "<item id='a' publisher='crone-x2@witches.example'/>"),
        "<message type='groupchat' from='coven@mix.example/\(id)'><mix>\(address)</mix></message>",
        "<message type='groupchat' from='coven+\(id)@mix.example/r'><mix>\(address)</mix></message>",
        "<presence from='\(id)#coven@mix.example/r'><mix>\(address)</mix></presence>",
        "<iq type='result' from='coven@mix.example'><retracted by='crone-x2@witches.example'/></iq>",
        "<iq type='error' from='mix.example'><register><nick>crone-x2</nick></register></iq>",
        kept(from: "coven@mix.example/\(id)"),
        kept(from: "coven+\(id)@mix.example/r1r2r3r4"),
    ])
    func aPlantedAddressIsFound(text: String) throws {
        know(isOpen: false)
        try deliver(text, to: "Hag66")
        let leak = try #require(tap.settle())
        #expect(leak.owner == "Crone")
        #expect(leak.reader == "Hag66")
        #expect(tap.settle() == nil, "told once")
        try deliver(text, to: "Crone")
        #expect(tap.settle() == nil, "one's own")
    }

    @Test func whoRules() throws {
        know(isOpen: false, rulers: ["hag-x1@witches.example"])
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() == nil)
        try deliver(Self.kept(from: "coven@mix.example/\(Self.id)"), to: "Hag66")
        #expect(tap.settle() == nil)
        know(isOpen: false)
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() == nil, "it did when all was quiet last")
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() != nil, "one no longer")
    }

    /// Nobody tells the creator what it is.
    @Test func whoMadeIt() throws {
        let made = "<iq type='result' from='mix.example'><create xmlns='\(NS.mixCore)' channel='coven'/></iq>"
        try deliver(made, to: "Hag66")
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() == nil)
        try deliver(Self.participant.replacing("coven@", with: "heath@"), to: "Hag66")
        #expect(tap.settle() != nil)
    }

    @Test func openChannels() throws {
        know(isOpen: true)
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() == nil)
        know(isOpen: false)
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() == nil, "it was open when all was quiet last")
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() != nil)
    }

    /// Before the room can be asked, its configuration is known from whoever writes it, or from its own word.
    @Test func openingAChannel() throws {
        func form(_ mode: String) -> String {
            "<x xmlns='\(NS.dataForms)'><field var='JID Visibility'><value>\(mode)</value></field></x>"
        }
        let publish = "<publish node='\(NS.mixNodeConfig)'><item>\(form("jid-mandatory-visible"))</item></publish>"
        let wish = "<pubsub xmlns='\(NS.pubsub)'>\(publish)</pubsub>"
        tap.typed("<iq type='set' id='1' to='coven@mix.example'>\(wish)</iq>", by: "Wicca")
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() == nil)
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() != nil, "it was refused")
        try deliver(Self.event("config", "<item id='t'>\(form("jid-mandatory-visible"))</item>"), to: "Wicca")
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() == nil)
        try deliver(Self.event("info", "<item id='t'>\(form("jid-hidden"))</item>"), to: "Wicca")
        #expect(tap.settle() == nil)
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() != nil)
    }

    /// XEP-0404 §3.1: whoever wants to be seen may be shown; nobody else.
    @Test func whoWantsToBeSeen() throws {
        let wish =
            "<iq type='set' id='1' to='coven@mix.example'><user-preference xmlns='\(NS.mixAnonymous)'>"
            + "<x xmlns='\(NS.dataForms)' type='submit'><field var='JID Visibility'><value>always</value></field>"
            + "</x></user-preference></iq>"
        tap.typed(wish, by: "Crone")
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() == nil)
        try deliver(Self.participant.replacing("crone-x2", with: "wicca-x3"), to: "Hag66")
        #expect(tap.settle() != nil)
        tap.typed(wish.replacing("always", with: "never"), by: "Crone")
        #expect(tap.settle() == nil)
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() != nil)
    }

    /// Nothing is added to what is only carried, whoever reads it.
    @Test(arguments: [
        letter, letter.replacing("type='chat' ", with: ""),
        letter.replacing("\(id)#coven@", with: "coven+\(id)@"),
        "<iq type='get' id='1' from='\(id)#coven@mix.example/r'><query by='crone-x2@witches.example/broom'/></iq>",
        "<iq type='result' id='1' from='\(id)#coven@mix.example'><vCard><JABBERID>crone-x2</JABBERID></vCard></iq>",
    ])
    func whatAChannelOnlyCarries(text: String) throws {
        know(isOpen: true, rulers: ["hag-x1@witches.example"])
        try deliver(text, to: "Hag66")
        #expect(tap.settle() != nil)
    }

    /// What somebody wrote for people may be passed on as it is; an address in a form is no word for people.
    @Test func whatSomebodyWroteItself() throws {
        let (value, body) = ("<value>crone-x2@witches.example</value>", "<body>I am crone-x2</body>")
        tap.typed("<iq type='set' id='1' to='coven@mix.example'>\(value)</iq>", by: "Wicca")
        tap.typed("<message to='coven@mix.example'>\(body)<mix>\(Self.address)</mix></message>", by: "Crone")
        try deliver("<message type='groupchat' from='coven@mix.example/p'>\(body)</message>", to: "Hag66")
        try deliver("<iq type='result' from='coven@mix.example'>\(value)</iq>", to: "Hag66")
        try deliver(
            "<message from='coven@mix.example'><items><item id='I am crone-x2'/></items></message>", to: "Hag66")
        #expect(tap.settle() == nil)
        try deliver(Self.participant, to: "Wicca")
        #expect(tap.settle() == nil, "it has named it itself")
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() != nil)
    }

    /// XEP-0406 §2.4: lists hold addresses, and their readers are configured.
    @Test func listsThatAreOpen() throws {
        let list = Self.event("banned", "<item id='crone-x2@witches.example'/>")
        try deliver(list, to: "Hag66")
        #expect(tap.settle() != nil)
        let option = "<field var='Banned Node Subscription'><value>participants</value></field>"
        tap.typed("<iq type='set' id='1' to='coven@mix.example'><x>\(option)</x></iq>", by: "Wicca")
        try deliver(list, to: "Hag66")
        #expect(tap.settle() == nil)
        try deliver(list.replacing("banned", with: "allowed"), to: "Hag66")
        #expect(tap.settle() != nil, "another list")
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() != nil, "no list")
    }

    /// Rank is the account's in the room, by whichever of its domains it was learnt.
    @Test func rankLearntInTheRoom() throws {
        let own =
            "<presence from='coven@chat.example/me'><x xmlns='\(NS.mucUser)'>"
            + "<item role='moderator' affiliation='none'/><status code='110'/></x></presence>"
        try deliver(own, to: "Hag66")
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() != nil, "a moderator of the room is nothing in the channel")
        try deliver(own.replacing("'none'", with: "'admin'"), to: "Hag66")
        try deliver(Self.participant, to: "Hag66")
        #expect(tap.settle() == nil)
    }

    /// A whole house in which one dialect shows everybody everything.
    @Test(arguments: ["mix", "mix-core-0", "mix-0.0.1"])
    func aLeakingDialectIsFound(_ name: String) async throws {
        let text = """
            # law 7
            Hag66 speaks mix; Crone speaks \(name); Wicca speaks mix-0.2.1
            setup channel coven by Hag66
            setup join Crone as thirdwitch
            setup join Wicca as secondwitch
            Wicca sends
                <message type='groupchat' to='coven@{mix}'><body>All hail</body></message>
            everybody ignores the rest
            """
        let scenario = try ScenarioParser.read(text, path: "planted")
        try await Play(scenario, on: InProcessStage(scenario.options, seed: 1)).perform()
        let leaking = InProcessStage(scenario.options, seed: 1) { dialect in
            dialect.id == DialectID(name) ? PlantedDialect(dialect, view: \.seeing) : dialect
        }
        let fault = await #expect(throws: PlayFault.self) { try await Play(scenario, on: leaking).perform() }
        let what = "LEAK: the real address of Wicca reached Crone"
        #expect(fault?.what.contains(what) == true, "\(String(describing: fault))")
    }
}

extension View {
    fileprivate var seeing: View {
        var view = self
        view.seesJIDs = true
        return view
    }
}
