// `parlance check` and `parlance version`.

import ArgumentParser
import Foundation
import Server

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at configuration, data, certificate and ports, and say what to do.",
        discussion: """
            Exit codes: 0 all is well, warnings do not count; 1 something is wrong; 2 bad arguments, or a \
            configuration that cannot be read.
            """)

    @OptionGroup var place: Place

    func run() async throws {
        let findings = await Checkup(try place.configuration(), now: Date.now).findings(file: place.config)
        for finding in findings { Terminal.say("\(finding)") }
        if findings.contains(where: { $0.grade == .bad }) { throw ExitCode(1) }
    }
}

struct Version: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the version.")

    @OptionGroup var place: Place

    func run() async throws { Terminal.say("\(ParlanceVersion.name) \(ParlanceVersion.number)") }
}
