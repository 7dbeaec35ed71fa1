// Shows that the wiretap finds an address that was not for its reader, and is silent where it was.

import Rooms
import ScenarioKit
import Testing
import XML
import XMPP

@Suite struct WiretapTests {
    private let tap = Wiretap()
    private let room = "coven@chat.example"

    init() {
        for (name, local) in [("Hag66", "hag-x1"), ("Crone", "crone-x2"), ("Wicca", "wicca-x3")] {
            tap.know(
                name, Login(local: local, domain: "witches.example", resource: "broom", password: "p", nonce: "n"))
        }
    }

    private func deliver(_ text: String, to reader: String) throws {
        tap.delivered(try Element(parsing: text), to: reader)
    }

    private func own(_ role: String, _ affiliation: String = "none", codes: [Int] = []) -> String {
        let statuses = ([110] + codes).map { "<status code='\($0)'/>" }.joined()
        return
            "<presence from='\(room)/me'><x xmlns='\(NS.mucUser)'><item role='\(role)' affiliation='\(affiliation)'/>"
            + "\(statuses)</x></presence>"
    }

    private let shown = """
        <presence from='coven@chat.example/x'><x xmlns='http://jabber.org/protocol/muc#user'>\
        <item jid='crone-x2@witches.example/broom'/></x></presence>
        """

    @Test func aPlantedAddressIsFound() throws {
        try deliver(own("participant"), to: "Hag66")
        try deliver(shown, to: "Hag66")
        let leak = try #require(tap.settle())
        #expect(leak.owner == "Crone")
        #expect(leak.reader == "Hag66")
        #expect(leak.description.contains("crone-x2@witches.example/broom"))
        #expect(tap.settle() == nil, "told once")
    }

    /// Wherever in a stanza it stands.
    @Test(arguments: [
        "<message from='coven@chat.example/x'><body>by crone-x2</body></message>",
        "<message from='coven@chat.example'><x xmlns='a'><y by='xmpp:crone-x2@witches.example'/></x></message>",
        "<iq type='result' from='chat.example'><query>crone-x2</query></iq>",
        "<iq type='result'><query>crone-x2</query></iq>",
    ])
    func anywhere(_ text: String) throws {
        try deliver(text, to: "Hag66")
        #expect(tap.settle() != nil)
    }

    @Test func whoMaySee() throws {
        try deliver(shown, to: "Crone")
        #expect(tap.settle() == nil, "one's own")
        try deliver(own("moderator"), to: "Hag66")
        try deliver(shown, to: "Hag66")
        #expect(tap.settle() == nil, "a moderator")
        try deliver(own("participant", "admin"), to: "Hag66")
        try deliver(shown, to: "Hag66")
        #expect(tap.settle() == nil, "an admin")
        try deliver(own("participant"), to: "Hag66")
        try deliver(shown, to: "Hag66")
        #expect(tap.settle() != nil, "one no longer")
    }

    @Test func newcomersLearnLastWhatTheyAre() throws {
        try deliver(shown, to: "Hag66")
        try deliver(own("moderator", "owner"), to: "Hag66")
        #expect(tap.settle() == nil)
        try deliver(shown, to: "Wicca")
        try deliver(own("participant"), to: "Wicca")
        #expect(tap.settle() != nil)
    }

    @Test func openRooms() throws {
        try deliver(shown, to: "Hag66")
        try deliver(own("participant", codes: [100]), to: "Hag66")
        #expect(tap.settle() == nil)
        let closed = "<message from='\(room)'><x xmlns='\(NS.mucUser)'><status code='173'/></x></message>"
        try deliver(closed, to: "Hag66")
        #expect(tap.settle() == nil)
        try deliver(shown, to: "Hag66")
        #expect(tap.settle() != nil)
    }

    @Test func whatSomebodyWroteItself() throws {
        tap.typed("<message to='\(room)'><body>ask crone-x2@witches.example</body></message>", by: "Wicca")
        try deliver("<message from='\(room)/w'><body>ask crone-x2@witches.example</body></message>", to: "Hag66")
        try deliver("<iq type='error' from='\(room)'><item jid='crone-x2@witches.example'/></iq>", to: "Wicca")
        try deliver("<message from='wicca-x3@witches.example/broom'><body>hello</body></message>", to: "Hag66")
        #expect(tap.settle() == nil)
        try deliver("<message from='\(room)/w'><body>other crone-x2@witches.example</body></message>", to: "Hag66")
        #expect(tap.settle() != nil)
    }

    /// A roster push or a list that the server writes for an account speaks of people whom the account has met.
    @Test func theOwnServerMaySpeakOfContacts() throws {
        tap.know(
            "Hag66/phone",
            Login(local: "hag-x1", domain: "witches.example", resource: "phone", password: "p", nonce: "n"))
        let push = "<iq type='set'><query><item jid='crone-x2@witches.example'/></query></iq>"
        try deliver("<presence type='subscribe' from='crone-x2@witches.example'/>", to: "Hag66")
        try deliver(push, to: "Hag66/phone")
        #expect(tap.settle() == nil)
        try deliver(push, to: "Wicca")
        #expect(tap.settle() != nil, "who has not met it")
        try deliver(shown, to: "Hag66")
        #expect(tap.settle() != nil, "a room is no server of theirs")
    }

    /// A whole house in which one dialect shows everybody everything.
    @Test func aLeakingDialectIsFound() async throws {
        let text = """
            # law 7
            Hag66 speaks muc; Crone speaks muc; Wicca speaks muc
            setup room coven by Hag66
            setup enter Crone as thirdwitch
            Wicca sends
                <presence to='coven@{muc}/secondwitch'><x xmlns='http://jabber.org/protocol/muc'/></presence>
            everybody ignores the rest
            """
        let scenario = try ScenarioParser.read(text, path: "planted")
        try await Play(scenario, on: InProcessStage(scenario.options, seed: 1)).perform()
        let leaking = InProcessStage(scenario.options, seed: 1) { PlantedDialect($0, view: \.seeing) }
        let fault = await #expect(throws: PlayFault.self) { try await Play(scenario, on: leaking).perform() }
        #expect(fault?.what.contains("LEAK: the real address of") == true, "\(String(describing: fault))")
    }
}

extension View {
    fileprivate var seeing: View {
        var view = self
        view.seesJIDs = true
        return view
    }
}
