// The built program as a child process.

import Foundation

/// A run of `parlance`.
final class Program {
    struct Run {
        let exitCode: Int32
        let output: String
        let errors: String
    }

    let process = Process()
    private let standardOutput = Pipe()
    private let standardError = Pipe()

    /// The program beside the bundle of the tests.
    static let path: String? = {
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let places = [folder, Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
        return places.map { $0.appendingPathComponent("parlance").path }.first {
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && !isFolder.boolValue
        }
    }()

    init(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws {
        process.executableURL = URL(fileURLWithPath: Program.path ?? "")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let standardInput = Pipe()
        process.standardInput = standardInput
        process.standardOutput = standardOutput
        process.standardError = standardError
        try process.run()
        standardInput.fileHandleForWriting.write(Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
    }

    /// Runs it to its end; what it writes has to fit into a pipe.
    static func run(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws -> Run {
        let program = try Program(arguments, input: input, environment: environment)
        program.process.waitUntilExit()
        return Run(
            exitCode: program.process.terminationStatus, output: Self.text(program.standardOutput),
            errors: Self.text(program.standardError))
    }

    private static func text(_ pipe: Pipe) -> String {
        String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    /// What it writes, up to `mark` or its end.
    func output(until mark: String) -> String {
        var text = ""
        while !text.contains(mark) {
            let more = standardOutput.fileHandleForReading.availableData
            if more.isEmpty { break }
            text += String(decoding: more, as: UTF8.self)
        }
        return text
    }

    /// Asks it to stop, and answers its exit code.
    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
