// Every scenario on real sockets with TLS against a whole server.

import ScenarioKit
import Testing

/// One server for the whole suite, started before the first scenario and stopped after the last.
struct OnSockets: SuiteTrait, TestScoping {
    @TaskLocal static var theatre: Theatre?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let library = ScenarioLibrary(beside: #filePath)
        let scenarios = library.files.compactMap { try? library.read($0) }.filter { !$0.needsItsOwnServer }
        let folder = try ScratchFolder()
        let theatre = try await Theatre.open(scenarios, in: folder.path)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await Self.$theatre.withValue(theatre) { try await function() })
        } catch {
            outcome = .failure(error)
        }
        await theatre.close()
        withExtendedLifetime(folder) {}
        try outcome.get()
    }
}

// One after the other: they share the clock of one server.
@Suite("Scenarios on sockets", .serialized, OnSockets())
struct SocketScenarioTests {
    @Test(arguments: ScenarioLibrary(beside: #filePath).files)
    func scenario(_ file: ScenarioFile) async throws {
        let scenario = try ScenarioLibrary(beside: #filePath).read(file)
        if scenario.isInProcessOnly { return }
        let stage = try await SocketStage.open(scenario, shared: #require(OnSockets.theatre))
        try await Play(scenario, on: stage).perform()
    }
}
