// Shows for each tidy rule a text it objects to and one it lets pass.
import Testing

/// The rules on samples, so that none of them can fall silent unnoticed.
@Suite struct RuleTests {
    private func file(_ text: String, path: String = "Sources/Rooms/Sample.swift") -> TextFile {
        TextFile(path: path, text: text)
    }

    private func words(_ text: String, path: String = "Sources/Rooms/Sample.swift") throws -> Int {
        try WordRule.all.flatMap { try $0.findings(in: file(text, path: path)) }.count
    }

    @Test func codeHasNoCommentsAndLiterals() {
        let code = SwiftCode(##"let a = "x // \(f("}")) y" /* { /* } */ */ + #"\(z) " {"# // end"##).text
        #expect(code.filter { $0 != " " } == "leta=f()+")
    }

    @Test func multilineLiteralKeepsLines() {
        #expect(SwiftCode("a\n\"\"\"\n{ \\(b) \"\n\"\"\"\nc").text.filter { $0 != " " } == "a\n\nb\n\nc")
    }

    @Test func functionLengths() {
        let text = """
            protocol P { func none(_ f: () -> Void)
              init() }
            func one(_ a: [Int] = [{ 1 }()],
                     b: Int
            ) -> Int
            {
                x.init()
                return 1
            }
            init() {}
            """
        let extents = FunctionLengths(SwiftCode(text)).extents()
        #expect(
            extents == [
                FunctionExtent(name: "one", line: 3, length: 7), FunctionExtent(name: "init", line: 10, length: 1),
            ])
        let long = "func f() {\n" + String(repeating: "a\n", count: 59) + "}"
        #expect(LayoutRules.functions(file(long)).count == 1)
        #expect(LayoutRules.functions(file(long.replacing("a\na\n", with: "a\n", maxReplacements: 1))).isEmpty)
    }

    @Test func purpose() {
        #expect(LayoutRules.purpose(file("// A room and its state.\n")).isEmpty)
        #expect(LayoutRules.purpose(file("import XML\n")).count == 1)
        #expect(LayoutRules.purpose(file("// no sentence\n")).count == 1)
        let manifest = "// swift-tools-version: 6.1\n// The house and its targets.\n"
        #expect(LayoutRules.purpose(file(manifest, path: "Package.swift")).isEmpty)
    }

    @Test func size() {
        #expect(LayoutRules.size(file(String(repeating: "a\n", count: 500))).isEmpty)
        #expect(LayoutRules.size(file(String(repeating: "a\n", count: 501))).count == 1)
        #expect(LayoutRules.size(file(String(repeating: "é", count: 120))).isEmpty)
        #expect(LayoutRules.size(file(String(repeating: "é", count: 121))).count == 1)
    }

    @Test(arguments: [("RoomHelpers", 1), ("Common", 1), ("JIDUtils+Text", 1), ("Commons", 0), ("Room", 0)])
    func names(stem: String, count: Int) {
        #expect(LayoutRules.name(file("", path: "Sources/XMPP/\(stem).swift")).count == count)
    }

    @Test func documentation() {
        #expect(LayoutRules.documentation(file("/// A seat.\n@frozen\npublic struct Seat {}")).isEmpty)
        #expect(LayoutRules.documentation(file("public struct Seat {}")).count == 1)
        #expect(LayoutRules.documentation(file("// Why.\n    public final class Seat {}")).count == 1)
        #expect(LayoutRules.documentation(file("public let actor: Actor")).isEmpty)
        #expect(LayoutRules.documentation(file("struct Seat {}")).isEmpty)
    }

    @Test(arguments: [
        ("Rooms", "public import XMPP", 0), ("XMPP", "import Rooms", 1), ("MUC", "import Groupchat", 1),
        ("Rooms", "import Streams", 1), ("Rooms", "@preconcurrency import NIOCore", 1),
        ("Network", "import struct NIOCore.ByteBuffer", 0), ("Rooms", "import FoundationEssentials", 1),
        ("Storage", "import GRDB", 1), ("Host", "import MUC", 1), ("Server", "import MUC", 0), ("Attic", "", 1),
    ])
    func imports(target: String, text: String, count: Int) {
        #expect(HouseRules.findings(in: file(text, path: "Sources/\(target)/Sample.swift")).count == count)
    }

    @Test(arguments: [
        ("let now = Date()", 1), ("let id = UUID()", 1), ("Int.random(in: 0..<4)", 1),
        ("Int.random(in: 0..<4, using: &entropy)", 0), ("// Date() is for others", 0), ("func f() async {}", 1),
        ("Task { }", 1), ("let a = b!", 1), ("if a != b, !c { }", 0), ("try! f()", 1), ("f()!.g", 1), ("a as! B", 1),
        ("// SAFETY: f cannot throw for constants.\ntry! f()", 0), ("// Because.\ntry! f()", 1),
        ("extension A: @unchecked Sendable {}", 1), ("fatalError(\"x\")", 1),
        ("// SAFETY: immutable after init.\n@frozen\nfinal class A: @unchecked Sendable {}", 0),
        ("// TO" + "DO: more", 1), ("// see /ro" + "ot/x", 1), ("// see example.org/wo" + "rk/x", 0),
    ])
    func wordsInTheMiddle(text: String, count: Int) throws {
        #expect(try words(text) == count)
    }

    @Test func wordsElsewhere() throws {
        #expect(try words("func f() async { await g() }", path: "Sources/Network/Sample.swift") == 0)
        #expect(try words("let a = try! b()!", path: "Tests/RoomsTests/Sample.swift") == 0)
        #expect(try words("try await Task.sleep(for: .seconds(1))", path: "Tests/RoomsTests/Sample.swift") == 1)
        #expect(try words("see ../sha" + "red/notes", path: "README.md") == 1)
    }

    @Test func documents() throws {
        let twice = file("# A\n```\n# not a title\n```\n# B\n", path: "Documentation/sample.md")
        #expect(DocumentRules.title(twice).map(\.line) == [5])
        #expect(DocumentRules.title(file("# A\n", path: "a.md")).isEmpty)
        let good = "[a](style.md#x) [b](../Package.swift) [c](https://example.org) `[d](gone)`"
        let links = good + " [e](gone.md) [f](../../x)"
        let found = try DocumentRules.links(file("# A\n\(links)\n", path: "Documentation/sample.md"), in: .here)
        #expect(found.map(\.what) == ["link to gone.md leads nowhere", "link to ../../x leads nowhere"])
    }
}
