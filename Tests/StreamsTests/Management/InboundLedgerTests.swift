// What a client is told of the stanzas it sent: a prefix, whatever the order of their effects (XEP-0198 §4).

import Testing

@testable import Streams

struct InboundLedgerTests {
    /// IM-107: only stanzas after `<enable/>` count, each once everything before it has had its effect.
    @Test func aPrefixIsHandled() {
        var ledger = InboundLedger()
        let early = ledger.begin()
        ledger.count()
        #expect(ledger.handled == 0)
        let (first, second, third) = (ledger.begin(), ledger.begin(), ledger.begin())
        ledger.settle(second)
        ledger.settle(first)
        #expect(ledger.handled == 0)
        ledger.settle(early)
        #expect(ledger.handled == 2)
        ledger.settle(third)
        #expect(ledger.handled == 3)
        #expect(ledger.open == 0)
    }

    @Test func aStanzaMayOweSeveralThings() {
        var ledger = InboundLedger()
        ledger.count()
        let ticket = ledger.begin()
        ledger.owe(ticket)
        ledger.owe(ticket)
        ledger.settle(ticket)
        ledger.settle(ticket)
        #expect(ledger.handled == 0)
        ledger.settle(ticket)
        #expect(ledger.handled == 1)
        // what nobody owes any more, or never did, changes nothing
        for number in [ticket, 0, 99] {
            ledger.owe(number)
            ledger.settle(number)
        }
        #expect(ledger.handled == 1)
        #expect(ledger.open == 0)
    }

    /// Against the plain definition, for any order of effects.
    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func followsTheDefinition(seed: UInt64) {
        var dice = SplitMix(state: seed)
        var ledger = InboundLedger()
        var owed: [Int] = []
        for _ in 0..<200 {
            switch Int.random(in: 0...3, using: &dice) {
            case 0:
                #expect(ledger.begin() == UInt64(owed.count + 1))
                owed.append(1)
            case 1:
                guard let ticket = owed.indices.randomElement(using: &dice) else { continue }
                ledger.owe(UInt64(ticket + 1))
                if owed[ticket] > 0 { owed[ticket] += 1 }
            default:
                guard let ticket = owed.indices.randomElement(using: &dice) else { continue }
                ledger.settle(UInt64(ticket + 1))
                owed[ticket] = max(0, owed[ticket] - 1)
            }
            #expect(ledger.open == owed.count { $0 > 0 })
            #expect(ledger.settled == UInt64(owed.firstIndex { $0 > 0 } ?? owed.count))
        }
    }
}
