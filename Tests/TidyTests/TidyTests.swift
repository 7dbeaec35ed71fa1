// Holds the repository to the rules of Documentation/style.md.
import Testing

/// One test a rule; each lists everything it objects to.
@Suite struct TidyTests {
    private let repository = Repository.here

    private func expectNone(_ findings: [Finding], sourceLocation: SourceLocation = #_sourceLocation) {
        let list = findings.map(\.description).joined(separator: "\n")
        #expect(findings.isEmpty, "\(findings.count) found:\n\(list)", sourceLocation: sourceLocation)
    }

    @Test func repositoryIsFound() {
        #expect(repository.paths.contains("Package.swift"))
        #expect(!repository.sources.isEmpty)
    }

    @Test func filesBeginWithTheirPurpose() {
        expectNone(repository.swift.flatMap(LayoutRules.purpose))
    }

    @Test func filesAndLinesAreShort() {
        expectNone(repository.swift.flatMap(LayoutRules.size))
    }

    @Test func functionsAreShort() {
        expectNone(repository.swift.flatMap(LayoutRules.functions))
    }

    @Test func filesAreNamedAfterIdeas() {
        expectNone(repository.swift.flatMap(LayoutRules.name))
    }

    @Test func publicDeclarationsAreDocumented() {
        expectNone(repository.sources.flatMap(LayoutRules.documentation))
    }

    @Test func importsPointDown() {
        expectNone(repository.sources.flatMap(HouseRules.findings))
    }

    @Test(arguments: WordRule.all.indices)
    func wordsStandWhereTheyMay(rule index: Int) throws {
        let rule = WordRule.all[index]
        expectNone(try repository.files.flatMap { try rule.findings(in: $0) })
    }

    @Test func documentsHaveOneTitle() {
        expectNone(repository.files.filter { $0.kind == "md" }.flatMap(DocumentRules.title))
    }

    @Test func linksLeadSomewhere() throws {
        expectNone(
            try repository.files.filter { $0.kind == "md" }.flatMap { try DocumentRules.links($0, in: repository) })
    }
}
