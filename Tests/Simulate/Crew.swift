// Plays many seeds, each in a process of its own: a seed that makes the process trap is a seed that failed.

import Foundation
import Simulation

/// The processes that play the seeds, as many at a time as there are cores.
final class Crew {
    private struct Player {
        let seed: UInt64
        let process: Process
        let output: URL
        let began: Date
    }

    private let wish: Wish
    private var failed: [UInt64] = []

    init(_ wish: Wish) { self.wish = wish }

    /// Plays all seeds and prints a line for each.
    ///
    /// - Returns: the exit code.
    func work() -> Int32 {
        let began = Date()
        var next = wish.first
        var players: [Player] = []
        let end = wish.first + wish.count
        while next < end || !players.isEmpty {
            while next < end, players.count < wish.jobs {
                guard let player = play(next) else { return 2 }
                players.append(player)
                next += 1
            }
            let done = players.removeFirst()
            done.process.waitUntilExit()
            report(done)
        }
        let seconds = Int(Date().timeIntervalSince(began))
        let clean = Int(wish.count) - failed.count
        say("\n\(clean) of \(wish.count) seeds are clean (\(seconds) s).")
        if !failed.isEmpty { say("Failed: \(failed.map(String.init).joined(separator: " "))") }
        return failed.isEmpty ? 0 : 1
    }

    private func arguments(_ seed: UInt64) -> [String] {
        ["--seed", "\(seed)"] + (wish.size == .small ? ["--small"] : [])
            + (wish.fault.map { ["--fault", $0.rawValue] } ?? [])
    }

    private func play(_ seed: UInt64) -> Player? {
        let output = FileManager.default.temporaryDirectory.appendingPathComponent("simulate-\(getpid())-\(seed)")
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        guard let handle = try? FileHandle(forWritingTo: output) else { return nil }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        process.arguments = arguments(seed)
        // the order of dictionaries is one more thing that is to follow from the seed
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["SWIFT_DETERMINISTIC_HASHING": "1", "SWIFT_BACKTRACE": "enable=no"]
        ) { $1 }
        process.standardOutput = handle
        process.standardError = handle
        guard (try? process.run()) != nil else {
            say("cannot run \(CommandLine.arguments[0]): call it by its path")
            return nil
        }
        return Player(seed: seed, process: process, output: output, began: Date())
    }

    private func report(_ player: Player) {
        let text = (try? String(contentsOf: player.output, encoding: .utf8)) ?? ""
        try? FileManager.default.removeItem(at: player.output)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard player.process.terminationStatus != 0 || player.process.terminationReason != .exit else {
            return say(lines.last { !$0.isEmpty } ?? "")
        }
        failed.append(player.seed)
        say("\n\(text)")
        if player.process.terminationReason != .exit {
            say("seed \(player.seed): VIOLATION, the process died of signal \(player.process.terminationStatus)")
        }
        let again = arguments(player.seed).joined(separator: " ")
        say("again: SWIFT_DETERMINISTIC_HASHING=1 \(CommandLine.arguments[0]) \(again) --transcript\n")
    }
}

/// Prints a line at once, also where nobody watches.
func say(_ line: some StringProtocol) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }
