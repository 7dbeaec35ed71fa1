// Shows which lines of a list become accounts, and that bad lines cost nothing but themselves.

import Testing

@testable import Server

@Suite struct AccountImportTests {
    @Test(arguments: [
        ("ada@localhost p", "ada", "p"), ("  ada@localhost\t two words ", "ada", "two words "),
        ("ADA@LOCALHOST p\r", "ada", "p"),
    ])
    func good(line: String, name: String, password: String) throws {
        let entry = try AccountImport(ServerConfiguration()).entry(Array(line.utf8), line: 3)
        #expect(entry == AccountImport.Entry(line: 3, name: name, password: password))
    }

    @Test(arguments: [
        "ada p", "ada@localhost", "ada@localhost ", "ada@example.org p", "@localhost p", "ada@localhost/x p",
    ])
    func bad(line: String) {
        #expect(throws: OperatorFault.self) {
            try AccountImport(ServerConfiguration()).entry(Array(line.utf8), line: 1)
        }
    }

    @Test func nothingElseIsLost() async throws {
        let folder = try TemporaryFolder()
        var configuration = ServerConfiguration()
        configuration.data = folder.file("data")
        let access = try OperatorAccess(configuration, makingFolder: true)
        let list = "a@localhost p\nbad\n\nb@localhost q\na@localhost r\nc@localhost \u{7}\n"
        let outcome = try await AccountImport(configuration).run(Array(list.utf8) + [0xff, 0x20, 0x70], access)
        #expect(outcome.made == 2)
        #expect(outcome.refused.map(\.line) == [2, 5, 6, 7])
        let again = try await AccountImport(configuration).run(Array("b@localhost x\nd@localhost p".utf8), access)
        #expect(again.made == 1)
        #expect(again.refused.map(\.reason) == ["b@localhost exists and was left as it was"])
        var names: [String] = []
        try await access.all({ .listAccounts(after: $0) }, { names += $0 })
        #expect(names == ["a@localhost", "b@localhost", "d@localhost"])
        await access.close()
    }
}
