// The tail as a list: order, count and bytes hold wherever its runs begin, and copies do not know of each other.

import Testing
import XML
import XMPP

@testable import Rooms

@Suite("MessageTail")
struct MessageTailTests {
    private func message(_ seq: UInt64) -> Event.Message {
        let speaker = Person(id: ParticipantID("p"), jid: ada, nick: "ada", affiliation: .none, role: .participant)
        return Event.Message(
            stamp: Stamp(seq: seq, time: Moment(milliseconds: Int64(seq))), archiveID: "a\(seq)", speaker: speaker,
            id: "m\(seq)", language: nil, payload: [Element("body", NS.client) { "hi \(seq)" }], isArchived: true,
            isHistory: true, wasOpen: false)
    }

    private func tail(_ seqs: ClosedRange<UInt64>) -> MessageTail {
        var tail = MessageTail()
        for seq in seqs { tail.append(message(seq)) }
        return tail
    }

    @Test("Oldest first, over many runs, while the front goes", arguments: [1, 15, 16, 17, 40])
    func order(dropped: Int) {
        var tail = tail(1...60)
        for _ in 0..<dropped { tail.removeFirst() }
        #expect(tail.messages.map(\.stamp.seq) == Array(UInt64(dropped + 1)...60))
        #expect(tail.count == 60 - dropped)
        #expect(tail.bytes == tail.messages.reduce(0) { $0 + Conversation.bytes(of: $1.payload) })
    }

    @Test("Equal by messages, not by runs")
    func equality() {
        var longer = tail(1...40)
        for _ in 0..<10 { longer.removeFirst() }
        #expect(longer == tail(11...40))
        longer.removeFirst()
        #expect(longer != tail(11...40) && longer == tail(12...40))
    }

    @Test("A copy keeps what it had; an emptied tail begins anew")
    func copies() {
        var changed = tail(1...20)
        let kept = changed
        changed.append(message(21))
        for _ in 0..<21 { changed.removeFirst() }
        #expect(kept == tail(1...20) && kept.count == 20)
        #expect(changed.messages.isEmpty && changed.count == 0 && changed.bytes == 0)
        changed.removeFirst()
        changed.append(message(22))
        #expect(changed == tail(22...22))
    }
}
