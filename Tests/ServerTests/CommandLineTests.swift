// Runs the program itself: exit codes, and one line for every mistake.

import Foundation
import Testing

@Suite(.enabled(if: Program.path != nil, "the program is not built")) struct CommandLineTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var data: [String] { ["--data", folder.file("data")] }

    @Test(arguments: [
        ["bogus"], ["serve", "--bogus"], ["account", "create"], ["room", "show"],
        ["serve", "--config", "/nowhere.yaml"],
        ["account", "create", "ada", "--password-stdin"], ["account", "import", "/nowhere"],
    ])
    func misuse(arguments: [String]) throws {
        let run = try Program.run(arguments, input: "p\n", environment: ["PARLANCE_DATA": folder.file("data")])
        #expect(run.exitCode == 2)
        #expect(run.errors.filter { $0 == "\n" }.count == 1, "\(run.errors)")
        #expect(run.errors.hasPrefix("parlance: "))
        #expect(run.output.isEmpty)
    }

    @Test func badConfiguration() throws {
        let file = try folder.write("p.yaml", "domain: localhost\ntls:\n  certificat: a\n")
        for verb in [["serve"], ["check"], ["account", "list"]] {
            let run = try Program.run(verb + ["--config", file])
            #expect(run.exitCode == 2)
            #expect(
                run.errors
                    == "parlance: \(file):3:3: unknown key \"certificat\" in `tls`: did you mean \"certificate\"?\n")
        }
    }

    @Test func verbsThatOnlyAskMakeNoFolder() throws {
        for verb in [
            ["account", "list"], ["account", "delete", "a@localhost"], ["room", "list"], ["room", "show", "r"],
        ] {
            let run = try Program.run(verb + data)
            #expect(run.exitCode == 1)
            #expect(run.errors == "parlance: there is no data in \(data[1]): give --data or --config\n")
        }
        #expect(!FileManager.default.fileExists(atPath: data[1]))
    }

    @Test func helpOfTheVerb() throws {
        #expect(try Program.run(["account", "create"]).errors.contains("see parlance account create --help"))
        #expect(try Program.run(["serve", "--bogus"]).errors.contains("see parlance serve --help"))
        #expect(try Program.run(["--version"]).output == Program.run(["version"]).output)
    }

    @Test func accounts() throws {
        let make = ["account", "create", "ada@localhost", "--password-stdin"] + data
        let made = try Program.run(make, input: "secret\n")
        #expect(made.exitCode == 0)
        #expect(made.output == "made \(data[1])\nada@localhost was created\n")
        let again = try Program.run(make, input: "secret\n")
        #expect(again.exitCode == 1)
        #expect(again.errors.hasPrefix("parlance: ada@localhost exists"))
        let list = try folder.write("list", "bo@localhost p\nbad\n")
        let imported = try Program.run(["account", "import", list] + data)
        #expect(imported.exitCode == 1)
        #expect(imported.errors.hasPrefix("\(list):2: "))
        #expect(try Program.run(["account", "list"] + data).output == "ada@localhost\nbo@localhost\n")
        #expect(try Program.run(["account", "delete", "bo@localhost"] + data).exitCode == 0)
        #expect(try Program.run(["account", "list"] + data).output == "ada@localhost\n")
    }

    @Test func helpAndVersion() throws {
        let help = try Program.run(["--help"])
        #expect(help.exitCode == 0)
        #expect(["serve", "account", "room", "check", "version"].allSatisfy { help.output.contains($0) })
        #expect(try Program.run(["version"]).output.hasPrefix("Parlance "))
        #expect(try Program.run(["check", "--config", folder.write("p", "listen: {}")] + data).exitCode == 0)
    }

    @Test func serveUntilTold() throws {
        let file = try folder.write("p.yaml", "listen: { c2s: [{ address: \"127.0.0.1:0\" }] }")
        let program = try Program(["serve", "--config", file] + data)
        let announced = program.output(until: "READY\n")
        #expect(announced.contains("  clients   127.0.0.1:"))
        #expect(!announced.contains("password"))
        let made = try Program.run(["account", "create", "ada@localhost", "--password-stdin"] + data, input: "p\n")
        #expect(made.exitCode == 0, "through the control socket")
        let more = try folder.write("list", "bo@localhost p\ncy@localhost p\n")
        let imported = try Program.run(["account", "import", more] + data)
        #expect(imported.output == "2 accounts were made, 0 lines were not\n")
        #expect(try Program.run(["account", "delete", "cy@localhost"] + data).exitCode == 0)
        let second = try Program.run(["serve", "--config", file] + data)
        #expect(second.exitCode == 1)
        #expect(second.errors.contains("is in use by process \(program.process.processIdentifier)"))
        #expect(program.stop() == 0)
        #expect(try Program.run(["account", "list"] + data).output == "ada@localhost\nbo@localhost\n")
    }
}
