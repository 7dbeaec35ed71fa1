// The block list as a value: what it matches, and what becomes of stanzas.

import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct BlocklistTests {
    private static func addresses(_ texts: String...) -> Set<JID> { Set(texts.map { TestServer.address($0) }) }

    /// IM-186, MUCX-149: an entry, and for `hag@rooms.example/a`, `hag@rooms.example/b`, `hag@rooms.example`,
    /// `crone@rooms.example`, `rooms.example`, `rooms.example/a`, `other.example` whether it blocks them.
    static let matches: [(entry: String, blocked: [Bool])] = [
        ("hag@rooms.example/a", [true, false, false, false, false, false, false]),
        ("hag@rooms.example", [true, true, true, false, false, false, false]),
        ("rooms.example/a", [false, false, false, false, false, true, false]),
        ("rooms.example", [true, true, true, true, true, true, false]),
    ]

    @Test(arguments: matches) func matching(entry: String, blocked: [Bool]) throws {
        var list = Blocklist(of: try JID("bo@example"))
        list.apply(.block(Self.addresses(entry)))
        let addresses = [
            "hag@rooms.example/a", "hag@rooms.example/b", "hag@rooms.example", "crone@rooms.example", "rooms.example",
            "rooms.example/a", "other.example",
        ]
        #expect(addresses.map { list.blocks(TestServer.address($0)) } == blocked)
        list.apply(.unblock(Self.addresses(entry)))
        #expect(list.addresses.isEmpty)
    }

    /// MIXC-322: an entry, and for `coven@mix.x/P`, `P#coven@mix.x/r`, `coven+P@mix.x`, `Q#coven@mix.x`,
    /// `coven@mix.x/Q`, `P#other@mix.x`, `coven@mix.x` whether it blocks them.
    static let channels: [(entry: String, blocked: [Bool])] = [
        ("coven@mix.x", [true, true, true, true, true, false, true]),
        ("p7k2m5x4c3d6q3z5#coven@mix.x", [true, true, true, false, false, false, false]),
        ("coven+p7k2m5x4c3d6q3z5@mix.x", [true, true, true, false, false, false, false]),
        ("p7k2m5x4c3d6q3z5#coven@mix.x/r", [false, true, false, false, false, false, false]),
        ("mix.x", [true, true, true, true, true, true, true]),
    ]

    @Test(arguments: channels) func channelsAndThoseInThem(entry: String, blocked: [Bool]) throws {
        let (p, q) = ("p7k2m5x4c3d6q3z5", "b2b3b4b5b6b7bcbd")
        let list = Blocklist(of: try JID("bo@example"), Self.addresses(entry))
        let addresses = [
            "coven@mix.x/\(p)", "\(p)#coven@mix.x/r", "coven+\(p)@mix.x", "\(q)#coven@mix.x", "coven@mix.x/\(q)",
            "\(p)#other@mix.x", "coven@mix.x",
        ]
        #expect(addresses.map { list.blocks(TestServer.address($0)) } == blocked)
    }

    @Test func theAccountItselfIsNeverBlocked() {  // IM-186
        let list = Blocklist(of: TestServer.address("bo@example"), Self.addresses("example", "bo@example/a"))
        #expect(!list.blocks(TestServer.address("bo@example/a")) && !list.blocks(TestServer.address("bo@example")))
        #expect(list.blocks(TestServer.address("ada@example/a")))
    }

    static let verdicts: [(stanza: String, verdict: Blocklist.Verdict)] = [
        ("<presence/>", .dropped),
        ("<presence type='subscribe'/>", .dropped),
        ("<presence type='probe'/>", .dropped),
        ("<message><body>hi</body></message>", .refused),
        ("<message type='chat'><body>hi</body></message>", .refused),
        ("<message type='chat'><body>hi</body><x xmlns='\(NS.mucUser)'/></message>", .dropped),
        ("<message><x xmlns='\(NS.mucUser)'><invite from='a@b'/></x></message>", .refused),
        ("<message type='groupchat'><body>hi</body></message>", .dropped),
        ("<message type='headline'><body>hi</body></message>", .dropped),
        ("<message type='error'><body>hi</body></message>", .dropped),
        ("<iq type='get' id='1'><query xmlns='urn:x'/></iq>", .refused),
        ("<iq type='set' id='1'><query xmlns='urn:x'/></iq>", .refused),
        ("<iq type='result' id='1'/>", .dropped),
        ("<iq type='error' id='1'/>", .dropped),
    ]

    @Test(arguments: verdicts) func whatComesIn(text: String, verdict: Blocklist.Verdict) throws {  // IM-183
        let sender = try JID("hag@rooms.example/a")
        var stanza = try Stanza(reading: Element(parsing: text, in: NS.client))
        stanza.from = sender
        let empty = Blocklist(of: try JID("bo@example"))
        #expect(empty.verdict(on: stanza, from: sender) == .passes)
        let list = Blocklist(of: try JID("bo@example"), [sender.bare])
        #expect(list.verdict(on: stanza, from: sender) == verdict)
    }

    @Test func whatAnswersToABlockedAddress() {  // IM-184, MUCX-153
        let error = Blocklist.refusal
        #expect(error.condition == .notAcceptable && error.type == .cancel)
        #expect(error.element.child("blocked", NS.blockingErrors) != nil)
    }

    static let requests: [(text: String, request: Blocklist.Request?)] = [
        ("<block><item jid='A@Example'/><item jid='b.example'/></block>", .block(addresses("a@example", "b.example"))),
        ("<block/>", nil),
        ("<block><item/></block>", nil),
        ("<block><item jid='@'/></block>", nil),
        ("<unblock><item jid='a@example'/></unblock>", .unblock(addresses("a@example"))),
        ("<unblock/>", .unblockAll),
        ("<blocklist/>", nil),
    ]

    @Test(arguments: requests) func reading(text: String, request: Blocklist.Request?) throws {  // IM-182, IM-185
        let element = try Element(parsing: text, in: NS.blocking)
        let found = try? Blocklist.Request(reading: element)
        #expect(found == request)
        guard let request else { return }
        let again = try Blocklist.Request(reading: request.element)
        #expect(again == request)
    }

    @Test func theListInWords() throws {  // IM-181
        let list = Blocklist(
            of: try JID("bo@example"), Self.addresses("romeo@montague.example", "iago@shakespeare.example"))
        let items = list.element.children.map { $0["jid"] }
        #expect(items == ["iago@shakespeare.example", "romeo@montague.example"])
        #expect(list.element.is("blocklist", NS.blocking))
    }
}
