// Names and order of the mechanisms.

import Testing

@testable import Streams

struct SASLMechanismTests {
    /// IM-052: preferred first, the -PLUS forms before the others.
    @Test func order() {
        #expect(
            SASLMechanism.all.map(\.name) == [
                "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN",
            ])
    }

    @Test func namesThereAndBack() {
        for mechanism in SASLMechanism.all { #expect(SASLMechanism(name: mechanism.name) == mechanism) }
        #expect(SASLMechanism(name: "plain") == nil)
        #expect(SASLMechanism(name: "SCRAM-SHA-512") == nil)
        #expect(SASLMechanism(name: "") == nil)
    }
}
