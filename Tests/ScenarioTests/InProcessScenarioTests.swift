// Every scenario in process, on virtual time, in several interleavings.

import ScenarioKit
import Testing

@Suite("Scenarios in process")
struct InProcessScenarioTests {
    /// Each seed is another order of everything that may happen in any order.
    static let seeds = ScenarioLibrary.seeds

    @Test(arguments: ScenarioLibrary(beside: #filePath).files)
    func scenario(_ file: ScenarioFile) async throws {
        let scenario = try ScenarioLibrary(beside: #filePath).read(file)
        for seed in Self.seeds {
            let stage = InProcessStage(scenario.options, seed: seed)
            try await Play(scenario, on: stage).perform()
        }
    }

    @Test func thereAreScenarios() {
        let library = ScenarioLibrary(beside: #filePath)
        #expect(library.files.count > (library.wanted.isEmpty ? 100 : 0))
    }
}
