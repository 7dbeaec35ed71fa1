// Shows what the language of scenarios understands, and that what is wrong is named with its line.

import Groupchat
import Rooms
import Testing

@testable import ScenarioKit

@Suite struct ScenarioParserTests {
    private let head = "# XEP-0045 §7.2.2\nHag66 speaks muc; Crone speaks groupchat\n"

    private func read(_ text: String) throws -> Scenario { try ScenarioParser.read(text, path: "t") }

    /// What is said of the first thing wrong.
    private func complaint(_ text: String) -> String {
        do {
            _ = try read(text)
            return "nothing"
        } catch {
            return "\(error)"
        }
    }

    @Test func headAndCast() throws {
        let scenario = try read(head + "Hag66/phone speaks muc\n# rows: GC-1\nnobody receives anything more\n")
        #expect(scenario.citation == "XEP-0045 §7.2.2")
        #expect(scenario.cast.map(\.name) == ["Hag66", "Crone", "Hag66/phone"])
        #expect(scenario.cast.map(\.dialect) == [.muc, .groupchat, .muc])
        #expect(scenario.cast[2].account == "Hag66")
        #expect(scenario.cast[2].resource == "phone")
        #expect(!scenario.isInProcessOnly)
        #expect(!scenario.killsTheServer)
    }

    @Test func accountsWithoutRooms() throws {
        let scenario = try read(
            """
            # RFC 6121
            Romeo/orchard speaks im; Juliet has an account; Hag66 speaks muc
            setup available Romeo/orchard Juliet
            setup contacts Romeo/orchard and Juliet
            Juliet connects
            """)
        #expect(scenario.cast.map(\.start) == [.connected, .offline, .available])
        guard case .setupAvailable(["Romeo/orchard", "Juliet"]) = scenario.steps[0].action,
            case .setupContacts("Romeo/orchard", "Juliet") = scenario.steps[1].action,
            case .reconnect("Juliet") = scenario.steps[2].action
        else {
            Issue.record("\(scenario.steps)")
            return
        }
    }

    @Test(arguments: ["# stage: in-process", "stage: in-process", "stage in-process"])
    func stage(_ line: String) throws {
        #expect(try read(head + line + "\nrestart\n").isInProcessOnly)
        #expect(try read(head + line + "\nrestart\n").killsTheServer)
        #expect(try read(head + line + "\nthe server stops\n").killsTheServer)
    }

    @Test func options() throws {
        let scenario = try read(
            head + "service groupchat_join=kick locked=no create=local dialects=muc limit.nickCharacters=7\nrestart\n")
        #expect(scenario.options.groupchatJoin == .kick)
        #expect(!scenario.options.locksNewRooms)
        #expect(scenario.options.creation == .local)
        #expect(scenario.options.dialects == [.muc])
        #expect(scenario.options.limits.nickCharacters == 7)
        #expect(scenario.options.changesLimits)
        #expect(!(try read(head + "service locked=no\nrestart\n").options.changesLimits))
    }

    @Test func stanzas() throws {
        let scenario = try read(
            head + """
                Hag66 sends <presence to='a@b/c'/>
                Hag66 sends
                    <message>
                    # between the lines
                      <body>two lines</body></message>

                Crone receives, with no <a/> and no <b xmlns='n'/>
                    <message>…</message>
                """)
        guard case .send("Hag66", "<presence to='a@b/c'/>") = scenario.steps[0].action,
            case .send("Hag66", let text) = scenario.steps[1].action,
            case .receive(let expectation) = scenario.steps[2].action
        else {
            Issue.record("\(scenario.steps)")
            return
        }
        #expect(text.hasPrefix("<message>") && text.hasSuffix("</message>") && !text.contains("#"))
        #expect(expectation.who == "Crone")
        #expect(expectation.absent.count == 2)
        #expect(scenario.steps.map(\.line) == [3, 4, 9])
    }

    @Test func unordered() throws {
        let scenario = try read(
            head + """
                all unordered:
                    Hag66 receives
                        <a/>
                    Crone receives <b/>
                    Hag66 receives
                        <c/>
                Hag66 receives nothing more
                nobody receives anything more
                """)
        guard case .unordered(let expectations) = scenario.steps[0].action,
            case .silence("Hag66") = scenario.steps[1].action, case .silence(nil) = scenario.steps[2].action
        else {
            Issue.record("\(scenario.steps)")
            return
        }
        #expect(expectations.map(\.who) == ["Hag66", "Crone", "Hag66"])
        #expect(expectations.map(\.line) == [4, 6, 7])
    }

    @Test func deeds() throws {
        let scenario = try read(
            head + """
                wait 90s   # a comment
                Hag66 disconnects
                Hag66 reconnects
                Hag66 leaves the stream
                Hag66 ignores the rest
                everybody ignores the rest
                restart
                storage fails
                setup room coven by Hag66 as firstwitch with muc#roomconfig_whois=anyone x=
                setup enter Crone as thirdwitch
                setup enter Crone in heath as thirdwitch password thunder
                """)
        #expect(scenario.steps.count == 11)
        guard case .wait(.seconds(90)) = scenario.steps[0].action, case .disconnect("Hag66") = scenario.steps[1].action,
            case .setupRoom(let room) = scenario.steps[8].action,
            case .enter("Crone", "coven", "thirdwitch", nil) = scenario.steps[9].action,
            case .enter("Crone", "heath", "thirdwitch", "thunder") = scenario.steps[10].action
        else {
            Issue.record("\(scenario.steps)")
            return
        }
        #expect(room.nick == "firstwitch")
        #expect(room.fields.map(\.name) == ["muc#roomconfig_whois", "x"])
        #expect(room.fields.map(\.values) == [["anyone"], []])
    }

    @Test(arguments: [
        ("Hag66 speaks muc\nrestart", "t:1: the first line cites the document"),
        ("# XEP-0045\nrestart", "t:1: nobody speaks"),
        ("# XEP-0045\nHag66 speaks muc", "t:1: nothing happens"),
        ("# XEP-0045\nHag66 speaks latin", "t:2: NAME speaks muc"),
        ("# XEP-0045\nHag66 speaks muc; Hag66 speaks muc", "t:2: Hag66 is there already"),
        ("# XEP-0045\nHag66 speaks muc\nMacbeth sends <a/>", "t:3: who is Macbeth?"),
        ("# XEP-0045\nHag66 speaks muc\nHag66 sings", "t:3: Hag66 may do one of"),
        ("# XEP-0045\nHag66 speaks muc\nHag66 sends", "t:3: the stanza stands indented below"),
        ("# XEP-0045\nHag66 speaks muc\nHag66 sends <a>…</a>", "t:3: nobody can send a gap"),
        ("# XEP-0045\nHag66 speaks muc\nHag66 receives\n    <a>", "t:3: this is no XML"),
        ("# XEP-0045\nHag66 speaks muc\nHag66 receives", "t:3: one stanza stands indented below; here are 0"),
        ("# XEP-0045\nHag66 speaks muc\nHag66 receives <a/><b/>", "t:3: one stanza stands indented below; here are 2"),
        ("# XEP-0045\nHag66 speaks muc\n    Hag66 sends <a/>", "t:3: indented"),
        ("# XEP-0045\nHag66 speaks muc\nall unordered\n    Hag66 receives <a/>", "t:3: two or more"),
        ("# XEP-0045\nHag66 speaks muc\nall unordered\n    Hag66 sends <a/>", "t:4: only receives"),
        ("# XEP-0045\nHag66 speaks muc\nwait five", "t:3: wait 5m"),
        ("# XEP-0045\nHag66 speaks muc\nservice create=witches", "t:3: service create=witches"),
        ("# XEP-0045\nHag66 speaks muc\nservice limit.brooms=3", "t:3: service limit.brooms=3"),
        ("# RFC 6121\nRomeo speaks im\nsetup contacts Romeo and Juliet", "t:3: who is Juliet?"),
        ("# RFC 6121\nRomeo speaks im\nsetup contacts Romeo", "t:3: setup room"),
        ("# RFC 6121\nRomeo speaks im\nsetup available", "t:3: setup room"),
        ("# XEP-0045\nHag66 speaks muc\nsetup enter Hag66 as x", "t:3: setup room"),
        ("# XEP-0045\nHag66 speaks muc\nstage on sockets", "t:3: stage in-process"),
    ])
    func faults(text: String, begins: String) {
        #expect(complaint(text).hasPrefix(begins), "\(complaint(text))")
    }
}
