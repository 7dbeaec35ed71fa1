// A message read for the archive says what the event said that was stored.

import Testing
import XML
import XMPP

@testable import Rooms

@Suite struct RecalledMessageTests {
    private func stored(_ message: Event.Message, asSubject: Bool = false) throws -> [UInt8] {
        let event = Event.conversation(asSubject ? .subjectChanged(message) : .said(message))
        return try #require(EventCoding.encode(event))
    }

    private func message(_ payload: [Element], language: String? = "en") throws -> Event.Message {
        Event.Message(
            stamp: Stamp(seq: 7, time: Moment(milliseconds: 1_000)), archiveID: "a7",
            speaker: Person(
                id: ParticipantID("p"), jid: try JID("ada@example.org/r"), nick: "Ada", affiliation: .admin,
                role: .moderator),
            id: "m1", language: language, payload: payload, isArchived: true, isHistory: true, wasOpen: true)
    }

    @Test func everythingButTheTree() throws {
        let payload = [
            Element("body", NS.client) { "a < b & c" }, Element("x", "urn:x", ["a": "1"]) { Element("y", "urn:y") },
        ]
        for isSubject in [false, true] {
            let event = try message(payload)
            let recalled = try EventCoding.recall(stored(event, asSubject: isSubject))
            #expect(recalled.time == event.stamp.time && recalled.archiveID == "a7" && recalled.id == "m1")
            #expect(recalled.language == "en" && recalled.nick == "Ada" && recalled.jid == "ada@example.org/r")
            #expect(recalled.affiliation == .admin && recalled.role == .moderator && recalled.wasOpen)
            #expect(recalled.speaker == ParticipantID("p"))
            let children = try recalled.payload.map { try Element(parsing: Array($0), in: NS.client) }
            #expect(children == payload)
        }
    }

    @Test func damageIsNoTrap() throws {
        let bytes = try stored(message([Element("body", NS.client) { "hello" }]))
        for end in bytes.indices {
            #expect(throws: CodingFault.self) { try EventCoding.recall(Array(bytes[..<end])) }
        }
        var other = bytes
        other[1] = EventCoding.Kind.unlocked.rawValue
        #expect(throws: CodingFault.unknownKind(EventCoding.Kind.unlocked.rawValue)) { try EventCoding.recall(other) }
        #expect(throws: CodingFault.trailingBytes) { try EventCoding.recall(bytes + [0]) }
    }
}
