// The queue of what a client has not acknowledged, and its numbers modulo 2^32 (XEP-0198 §4).

import Testing
import XMPP

@testable import Streams

struct UnacknowledgedStanzasTests {
    private func stanza(_ number: Int) -> SentStanza {
        SentStanza(nil, address: [], rest: Array("<message id='\(number)'/>".utf8), at: Moment(milliseconds: 0))
    }

    /// IM-107, IM-108: numbers go round after 2^32, and nobody acknowledges what was not sent.
    @Test func goesRound() {
        var queue = UnacknowledgedStanzas(acknowledged: .max - 1)
        for number in 0..<4 { queue.append(stanza(number)) }
        #expect(queue.sent == 2)
        let before = queue
        let isPossible = queue.acknowledge(3)
        #expect(!isPossible)
        #expect(queue == before)
        for (h, left) in [(UInt32.max, 3), (1, 1), (0, 1), (2, 0)] {
            let isPossible = queue.acknowledge(h)
            #expect(isPossible)
            #expect(queue.count == left)
        }
        #expect(queue.bytes == 0)
    }

    /// Against a plain list, with old, repeated, true and impossible numbers.
    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func followsTheDefinition(seed: UInt64) {
        var dice = SplitMix(state: seed)
        let start = UInt32.random(in: .min ... .max, using: &dice)
        var queue = UnacknowledgedStanzas(acknowledged: start)
        var sent: [SentStanza] = []
        var acknowledged = 0
        for step in 0..<200 {
            if Bool.random(using: &dice) {
                sent.append(stanza(step))
                queue.append(stanza(step))
            } else {
                let claim = Int.random(in: max(0, acknowledged - 3)...(sent.count + 2), using: &dice)
                let isPossible = queue.acknowledge(start &+ UInt32(claim))
                #expect(isPossible == (claim <= sent.count))
                if claim <= sent.count { acknowledged = max(acknowledged, claim) }
            }
            #expect(Array(queue.stanzas) == Array(sent[acknowledged...]))
            #expect(queue.sent == start &+ UInt32(sent.count))
            #expect(queue.bytes == sent[acknowledged...].reduce(0) { $0 + $1.byteCount })
        }
    }

    @Test func whatWasSentIsSentAgain() {
        let shared = SentStanza(
            .presence, address: Array(" to='a@b/c'".utf8), rest: Array(" id='1'/>".utf8), at: Moment(milliseconds: 0))
        #expect(String(decoding: shared.bytes, as: UTF8.self) == "<presence to='a@b/c' id='1'/>")
        #expect(String(decoding: stanza(1).bytes, as: UTF8.self) == "<message id='1'/>")
    }
}
