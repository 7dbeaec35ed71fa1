// Small worlds in the suite: some seeds are clean, a seed is always the same, and planted faults are found.

import ScenarioKit
import Testing

@testable import Simulation

@Suite struct WorldTests {
    @Test(arguments: 1...6 as ClosedRange<UInt64>) func smallWorldsAreSound(seed: UInt64) {
        let verdict = Verdict(seed: seed, size: .small)
        #expect(verdict.violation == nil, "\(verdict.details)")
    }

    @Test func aSeedIsAlwaysTheSame() {
        let first = Verdict(seed: 3, size: .small)
        #expect(first.summary == Verdict(seed: 3, size: .small).summary)
        #expect(first.digest != Verdict(seed: 4, size: .small).digest)
    }

    @Test(arguments: Fault.allCases) func plantedFaultsAreFound(_ fault: Fault) {
        let found = (1...20 as ClosedRange<UInt64>).first {
            Verdict(seed: $0, size: .small, fault: fault).violation != nil
        }
        #expect(found != nil, "\(fault.rawValue) is not found within 20 seeds")
    }
}
