// The command line: reads its arguments, runs a verb, and turns what failed into one line and an exit code.

import ArgumentParser
import Foundation
import Server

/// `parlance`.
@main
struct Parlance: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parlance", abstract: "An XMPP group-chat server in which all generations of rooms are one.",
        discussion: """
            Start with `parlance serve`: it needs no configuration and tells you how to log in.
            Exit codes: 0 done, 1 failed, 2 bad arguments or configuration.
            """,
        version: "\(ParlanceVersion.name) \(ParlanceVersion.number)",
        subcommands: [Serve.self, Accounts.self, Rooms.self, Check.self, Version.self])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let fault as OperatorFault {
            Terminal.complain("parlance: \(fault)")
            Foundation.exit(fault.exitCode)
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch  where exitCode(for: error) == .success {
            Terminal.say(fullMessage(for: error))
        } catch {
            let line = message(for: error).split(separator: "\n").joined(separator: " ")
            Terminal.complain("parlance: \(line); see \(help(for: error))")
            Foundation.exit(2)
        }
    }

    /// The command whose help tells what was wrong with the arguments.
    private static func help(for error: any Error) -> String {
        let parts = fullMessage(for: error).split(separator: "'", omittingEmptySubsequences: false)
        return parts.last { $0.hasPrefix("parlance ") && $0.hasSuffix("--help") }.map(String.init) ?? "parlance --help"
    }
}

/// What every verb takes.
struct Place: ParsableArguments {
    @Option(help: "The configuration, a YAML file.")
    var config: String?

    @Option(help: "The data folder, whatever the configuration says.")
    var data: String?

    /// The configuration with what the environment and the arguments change in it.
    func configuration() throws(OperatorFault) -> ServerConfiguration {
        var read: ServerConfiguration
        do throws(ConfigurationFault) {
            read = try ServerConfiguration.load(config, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw OperatorFault(error)
        }
        if let data { read.data = data }
        return read
    }
}
