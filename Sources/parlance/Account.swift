// `parlance account …`: makes, lists, changes and removes accounts, with a server running or not.

import ArgumentParser
import Foundation
import Server

struct Accounts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Make, list, change and delete accounts.",
        discussion: "Works with the server running, through its control socket, and without it.",
        subcommands: [Create.self, Delete.self, List.self, ChangePassword.self, Import.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make an account.")

        @OptionGroup var place: Place
        @OptionGroup var secret: Secret
        @Argument(help: "Its address, for example ada@localhost.") var jid: String

        func run() async throws {
            let configuration = try place.configuration()
            let name = try AccountName(jid, domain: configuration.domain).local
            let keys = try AccountKeys(typed: secret.read(), for: configuration)
            try await Ask.once(.createAccount(name: name, keys: keys), configuration, makingFolder: true)
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete an account and all it has; its clients are disconnected.")

        @OptionGroup var place: Place
        @Argument(help: "Its address.") var jid: String

        func run() async throws {
            let configuration = try place.configuration()
            let name = try AccountName(jid, domain: configuration.domain).local
            try await Ask.once(.deleteAccount(name: name), configuration)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all accounts, an address a line.")

        @OptionGroup var place: Place

        func run() async throws { try await Ask.all({ .listAccounts(after: $0) }, place.configuration()) }
    }

    struct ChangePassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "password", abstract: "Give an account another password.")

        @OptionGroup var place: Place
        @OptionGroup var secret: Secret
        @Argument(help: "Its address.") var jid: String

        func run() async throws {
            let configuration = try place.configuration()
            let name = try AccountName(jid, domain: configuration.domain).local
            let keys = try AccountKeys(typed: secret.read(), for: configuration)
            try await Ask.once(.setPassword(name: name, keys: keys), configuration)
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make many accounts from a file with one \"JID password\" a line.",
            discussion: "Lines that cannot be accounts are told by number, and exit code 1; all others are made.")

        @OptionGroup var place: Place
        @Argument(help: "The file; - is standard input.") var file: String

        func run() async throws {
            let configuration = try place.configuration()
            let list = try read()
            let access = try OperatorAccess(configuration, makingFolder: true)
            if access.hasMadeFolder { Terminal.say("made \(configuration.data)") }
            let outcome: AccountImport.Outcome
            do throws(OperatorFault) {
                outcome = try await AccountImport(configuration).run(list, access)
            } catch {
                await access.close()
                throw error
            }
            await access.close()
            for refused in outcome.refused { Terminal.complain("\(file):\(refused.line): \(refused.reason)") }
            Terminal.say("\(outcome.made) accounts were made, \(outcome.refused.count) lines were not")
            if !outcome.refused.isEmpty { throw ExitCode(1) }
        }

        private func read() throws(OperatorFault) -> [UInt8] {
            if file == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
            guard let data = FileManager.default.contents(atPath: file) else {
                throw .misuse("\(file) cannot be read: check the path and its permissions")
            }
            return Array(data)
        }
    }
}

/// A password, from standard input or typed on the terminal.
struct Secret: ParsableArguments {
    @Flag(help: "Take the password from the first line of standard input.")
    var passwordStdin = false

    func read() throws(OperatorFault) -> String {
        if passwordStdin {
            guard let line = readLine(strippingNewline: true) else {
                throw .misuse("there is no password on standard input: write it there, in one line")
            }
            return line
        }
        guard isatty(STDIN_FILENO) != 0 else {
            throw .misuse("no terminal to type a password on: use --password-stdin")
        }
        return try typed()
    }

    private func typed() throws(OperatorFault) -> String {
        var settings = termios()
        tcgetattr(STDIN_FILENO, &settings)
        let before = settings
        settings.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &settings)
        defer {
            var before = before
            tcsetattr(STDIN_FILENO, TCSANOW, &before)
        }
        Terminal.complain("Password: ")
        let first = readLine(strippingNewline: true)
        Terminal.complain("Once more: ")
        guard let first, readLine(strippingNewline: true) == first else {
            throw .misuse("the two passwords differ: try again")
        }
        return first
    }
}
