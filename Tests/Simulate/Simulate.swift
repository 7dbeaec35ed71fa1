// `simulate`: plays seeds, each in a process of its own, and says what became of them (Tests/Simulation/README.md).

import Foundation
import Simulation

@main
struct Simulate {
    static func main() {
        do {
            let wish = try Wish(Array(CommandLine.arguments.dropFirst()))
            if let seed = wish.only { exit(play(seed, wish)) }
            exit(Crew(wish).work())
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(2)
        }
    }

    /// Plays one seed in this process.
    private static func play(_ seed: UInt64, _ wish: Wish) -> Int32 {
        let keeps = wish.showsTranscript ? 10_000_000 : 5_000
        let verdict = Verdict(seed: seed, size: wish.size, fault: wish.fault, keeps: keeps)
        if wish.showsTranscript { for line in verdict.transcript { say(line) } }
        if verdict.violation != nil { say(verdict.details + "\n") }
        say(verdict.summary)
        return verdict.violation == nil ? 0 : 1
    }
}

/// What is asked for.
struct Wish {
    var first: UInt64 = 1
    var count: UInt64 = 100
    var only: UInt64?
    var fault: Fault?
    var size = Recipe.Size.full
    var showsTranscript = false
    var jobs = max(1, ProcessInfo.processInfo.activeProcessorCount)

    struct Misunderstanding: Error, CustomStringConvertible {
        let description: String
    }

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--transcript": showsTranscript = true
            case "--small": size = .small
            case "--seeds": count = try Self.number(rest.popFirst(), of: argument)
            case "--first": first = try Self.number(rest.popFirst(), of: argument)
            case "--seed": only = try Self.number(rest.popFirst(), of: argument)
            case "--jobs": jobs = Int(try Self.number(rest.popFirst(), of: argument))
            case "--fault":
                let name = rest.popFirst() ?? ""
                guard let fault = Fault(rawValue: name) else {
                    let known = Fault.allCases.map(\.rawValue).joined(separator: ", ")
                    throw Misunderstanding(description: "no fault \(name): one of \(known)")
                }
                self.fault = fault
            default: throw Misunderstanding(description: "unknown argument \(argument)\n\(Self.usage)")
            }
        }
    }

    private static func number(_ text: String?, of argument: String) throws -> UInt64 {
        guard let number = text.flatMap({ UInt64($0) }) else {
            throw Misunderstanding(description: "\(argument) needs a number")
        }
        return number
    }

    private static let usage =
        "simulate [--seeds N] [--first SEED] [--seed SEED [--transcript]] [--small] [--fault NAME] [--jobs N]"
}
