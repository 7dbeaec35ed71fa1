// When a client is asked, when it is answered, and what ends its stream (XEP-0198 §4, §6).

import Testing
import XML
import XMPP

@testable import Streams

struct StreamManagementTests {
    private let stanza = SentStanza(nil, address: [], rest: [1, 2, 3], at: Moment(milliseconds: 0))

    private func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    /// IM-107: one question at a time, and none about nothing.
    @Test func asksOnceForWhatIsUnknown() throws {
        var management = StreamManagement(nil)
        var asked = [management.takeRequest()]
        management.sent(stanza)
        management.sent(stanza)
        asked.append(management.takeRequest())
        management.sent(stanza)
        asked.append(management.takeRequest())
        try management.acknowledged(2)
        asked.append(management.takeRequest())
        try management.acknowledged(3)
        asked.append(management.takeRequest())
        management.sent(stanza)
        asked.append(management.takeRequest())
        management.moved()
        asked.append(management.takeRequest())
        let request = "<r xmlns='urn:xmpp:sm:3'/>"
        #expect(asked.map { text($0) } == [nil, request, nil, request, nil, request, request])
        #expect(management.unacknowledged.count == 1)
    }

    /// IM-108
    @Test func whatWasNotSentCannotBeAcknowledged() {
        var management = StreamManagement(nil)
        for _ in 0..<8 { management.sent(stanza) }
        let error = #expect(throws: StreamError.self) { try management.acknowledged(10) }
        #expect(error?.condition == .undefinedCondition)
        #expect(error?.application?.is("handled-count-too-high", "urn:xmpp:sm:3") == true)
        #expect(error?.application?["h"] == "10")
        #expect(error?.application?["send-count"] == "8")
        #expect(management.unacknowledged.count == 8)
    }

    /// IM-107: the answer comes with the last effect it waits for, or when it has waited long enough.
    @Test func answersWhenAllHadItsEffect() {
        var (management, ledger) = (StreamManagement(nil), InboundLedger())
        var answers = [management.requested(ledger)]
        let (first, second) = (ledger.begin(), ledger.begin())
        answers.append(management.requested(ledger))
        let third = ledger.begin()
        ledger.settle(first)
        answers.append(management.settled(ledger))
        ledger.settle(second)
        answers.append(management.settled(ledger))
        ledger.settle(third)
        answers.append(management.settled(ledger))
        _ = ledger.begin()
        answers.append(management.requested(ledger))
        #expect(management.owesAnswer)
        answers.append(management.overdue(ledger))
        answers.append(management.overdue(ledger))
        let said = answers.map { text($0)?.split(separator: "h=").last }
        #expect(said == ["'0'/>", nil, nil, "'2'/>", nil, nil, "'3'/>", nil])
    }

    /// Nothing is handled before it is, and nothing asked stays without an answer for ever.
    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func neverTellsTooMuch(seed: UInt64) {
        var dice = SplitMix(state: seed)
        var (management, ledger) = (StreamManagement(nil), InboundLedger())
        var open: [UInt64] = []
        for _ in 0..<300 {
            var answer: [UInt8]?
            switch Int.random(in: 0...3, using: &dice) {
            case 0: open.append(ledger.begin())
            case 1: answer = management.requested(ledger)
            default:
                guard let index = open.indices.randomElement(using: &dice) else { continue }
                ledger.settle(open.remove(at: index))
                answer = management.settled(ledger)
            }
            let handled = (open.min() ?? ledger.last + 1) - 1
            if let answer { #expect(text(answer) == "<a xmlns='urn:xmpp:sm:3' h='\(handled)'/>") }
            if open.isEmpty { #expect(!management.owesAnswer) }
        }
    }
}
