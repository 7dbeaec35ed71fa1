// Which messages wait offline, rest in the archive and are copied, by what stands in them.

import DialectKit
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct KeepingTests {
    static let body = "<body>hi</body>"
    static let composing = "<composing xmlns='\(NS.chatStates)'/>"
    static func hint(_ name: String) -> String { "<\(name) xmlns='\(NS.hints)'/>" }
    static let received = "<received xmlns='\(NS.receipts)' id='m'/>"
    static let displayed = "<displayed xmlns='\(NS.chatMarkers)' id='m'/>"
    static let direct = "<x xmlns='\(NS.conference)' jid='coven@rooms.example'/>"
    static let mediated = "<x xmlns='\(NS.mucUser)'><invite from='hag@example'/></x>"
    static let roomUser = "<x xmlns='\(NS.mucUser)'/>"
    static let call = "<propose xmlns='\(NS.jingleMessage)' id='1'/>"

    struct Line: Sendable, CustomTestStringConvertible {
        let type: StanzaType
        let content: String
        /// Some of: offline, archive, received, sent.
        let kept: String

        init(_ type: StanzaType, _ content: String, _ kept: String) {
            self.type = type
            self.content = content
            self.kept = kept
        }

        var testDescription: String { "\(type) \(content)" }
    }

    /// IM-156, IM-160, IM-168, IM-177, MUCX-085, MUCX-155, MUCX-156, MUCX-158.
    static let lines = [
        Line(.chat, body, "offline archive received sent"),
        Line(.normal, body, "offline archive received sent"),
        Line(.headline, body, ""),
        Line(.groupchat, body, ""),
        Line(.error, body, ""),
        Line(.chat, composing, "received sent"),
        Line(.normal, composing, "received sent"),
        Line(.chat, composing + "<thread>t</thread><origin-id xmlns='\(NS.sid)' id='o'/>", "received sent"),
        Line(.chat, "", "received sent"),
        Line(.normal, "", ""),
        Line(.normal, "<subject>s</subject>", "offline"),
        Line(.chat, body + hint("no-store"), "received sent"),
        Line(.chat, body + hint("no-permanent-store"), "offline received sent"),
        Line(.chat, body + hint("no-copy"), "offline archive"),
        Line(.chat, body + "<private xmlns='\(NS.carbons)'/>", "offline archive"),
        Line(.normal, "<encrypted xmlns='urn:x'/>", "offline"),
        Line(.normal, "<encrypted xmlns='urn:x'/>" + hint("store"), "offline archive"),
        Line(.normal, hint("store") + hint("no-store"), ""),
        Line(.chat, "<encryption xmlns='\(NS.encryption)' namespace='urn:x'/>", "offline archive received sent"),
        Line(.normal, received, "offline archive received sent"),
        Line(.normal, displayed, "offline archive received sent"),
        Line(.normal, call, "offline archive received sent"),
        Line(.normal, "<retract xmlns='\(NS.retraction)' id='m'/>", "offline archive"),
        Line(.normal, "<reactions xmlns='\(NS.reactions)' id='m'/>", "offline archive"),
        Line(.normal, direct, "offline archive received sent"),
        Line(.normal, mediated, "offline archive received sent"),
        Line(.chat, body + roomUser, "offline archive sent"),
        Line(.normal, body + roomUser, "offline archive sent"),
        Line(.groupchat, body + received + direct, ""),
    ]

    @Test(arguments: lines) func keeping(line: Line) throws {
        let message = try Self.message(line.type, line.content)
        let content = MessageContent(message)
        var kept: [String] = []
        if content.waitsOffline(message.type) { kept.append("offline") }
        if content.isArchived(message.type) { kept.append("archive") }
        for carbon in Carbon.allCases where carbon.isDue(for: message, content) { kept.append(carbon.rawValue) }
        #expect(kept.joined(separator: " ") == line.kept)
    }

    @Test func anErrorIsCopiedIfWhatItAnswersWas() throws {  // IM-160
        let error = try Self.message(.error, Self.body + Self.hint("no-copy"))
        #expect(!Carbon.received.isDue(for: error, MessageContent(error)))
        #expect(Carbon.received.isDue(for: error, MessageContent(error), isAnswerToCopied: true))
    }

    @Test func whatARoomItselfSaysIsNoPrivateMessage() throws {  // IM-160
        var message = try Self.message(.normal, Self.body + Self.roomUser)
        message.from = TestServer.address("coven@rooms.example")
        #expect(Carbon.received.isDue(for: message, MessageContent(message)))
    }

    @Test func theCopy() throws {  // IM-161, IM-162
        let (account, resource) = (TestServer.address("bo@example"), TestServer.address("bo@example/b"))
        var message = try Self.message(.chat, Self.body)
        message.to = TestServer.address("bo@example/desk")
        for carbon in Carbon.allCases {
            let bytes = carbon.wrap(message, for: account).bytes(to: AddressHole(resource))
            let copy = try Stanza(reading: Element(parsing: bytes, in: NS.client))
            #expect(copy.from == account && copy.to == resource)
            #expect(copy.type == .chat && copy.payload.count == 1)
            let forwarded = copy.child(carbon.rawValue, NS.carbons)?.child("forwarded", NS.forward)
            let original = try forwarded?.child("message", NS.client).map { try Stanza(reading: $0) }
            #expect(original == message)
        }
    }

    private static func message(_ type: StanzaType, _ content: String) throws -> Stanza {
        let attribute = type.attribute.map { " type='\($0)'" } ?? ""
        let text = "<message from='ada@example/a' to='bo@example'\(attribute)>\(content)</message>"
        return try Stanza(reading: Element(parsing: text, in: NS.client))
    }
}
