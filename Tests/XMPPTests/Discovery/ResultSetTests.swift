// Paging: requests for pages and what answers say of them.

import Testing
import XML
import XMPP

@Suite struct ResultSetTests {
    private func set(_ content: String) throws -> Element {
        try Element(parsing: "<set xmlns='http://jabber.org/protocol/rsm'>\(content)</set>")
    }

    // XEP-0059 §2.1 to §2.7
    @Test(arguments: [
        ("", ResultSet.Request()),
        ("<max>10</max>", .init(max: 10)),
        ("<max>0</max>", .init(max: 0)),
        ("<max>10</max><after>peterpan@neverland.lit</after>", .init(max: 10, after: "peterpan@neverland.lit")),
        ("<max>10</max><before>peter@pixyland.org</before>", .init(max: 10, before: "peter@pixyland.org")),
        ("<max>10</max><before/>", .init(max: 10, before: "")),
        ("<max>10</max><index>371</index>", .init(max: 10, index: 371)),
    ])
    func requests(content: String, request: ResultSet.Request) throws {
        #expect(try ResultSet.Request(reading: set(content)) == request)
        #expect(request.element == (try set(content)))
    }

    @Test func oddRequests() throws {
        let spaced = try set("<max> 5\n</max><after/><max xmlns='urn:other'>6</max>")
        #expect(try ResultSet.Request(reading: spaced) == .init(max: 5))
        #expect(ResultSet.Request(before: "").isBackward)
        #expect(!ResultSet.Request(after: "a").isBackward)
        for number in ["-1", "", "ten", "1.5", "99999999999999999999"] {
            #expect(throws: ResultSet.Fault.badNumber("max"), "\(number)") {
                try ResultSet.Request(reading: set("<max>\(number)</max>"))
            }
            #expect(throws: ResultSet.Fault.badNumber("index"), "\(number)") {
                try ResultSet.Request(reading: set("<index>\(number)</index>"))
            }
        }
        #expect(throws: ResultSet.Fault.notASet) { try ResultSet.Request(reading: Element("set", "urn:other")) }
    }

    @Test(arguments: [
        ("<count>800</count>", ResultSet.Answer(count: 800)),
        (
            "<first index='10'>peter@pixyland.org</first><last>peter@rabbit.lit</last><count>800</count>",
            .init(first: "peter@pixyland.org", index: 10, last: "peter@rabbit.lit", count: 800)
        ),
        ("<first>a</first><last>a</last>", .init(first: "a", last: "a")),
    ])
    func answers(content: String, answer: ResultSet.Answer) throws {
        #expect(ResultSet.Answer(reading: try set(content)) == answer)
        #expect(answer.element == (try set(content)))
    }

    @Test func oddAnswers() throws {
        #expect(ResultSet.Answer(reading: try set("<first index='x'>a</first><count>-3</count>")) == .init(first: "a"))
        #expect(ResultSet.Answer(reading: Element("set", "urn:other")) == nil)
    }
}
