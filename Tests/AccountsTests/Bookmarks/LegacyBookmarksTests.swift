// What old bookmarks mean as items of today, and the other way round.

import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct LegacyBookmarksTests {
    private func element(_ text: String) throws -> Element { try Element(parsing: text, in: NS.bookmarks) }

    private func storage(_ text: String) throws -> LegacyBookmarks {
        LegacyBookmarks(reading: try Element(parsing: "<storage xmlns='storage:bookmarks'>\(text)</storage>"))
    }

    // MUCX-091
    @Test func itemsAsAStorageElement() throws {
        let conference = try element(
            "<conference name='A' autojoin='1'><nick>n</nick><password>p</password><extensions/></conference>")
        let url = try Element(parsing: "<url xmlns='storage:bookmarks' url='http://x'/>")
        let made = LegacyBookmarks.storage(of: [("a@x", conference)], others: [url])
        let expected = try Element(
            parsing: """
                <storage xmlns='storage:bookmarks'><conference jid='a@x' name='A' autojoin='true'><nick>n</nick>\
                <password>p</password></conference><url url='http://x'/></storage>
                """)
        #expect(made == expected)
    }

    // MUCX-092
    @Test func onlyWhatChangesIsPublishedAndRetracted() throws {
        let same = try element("<conference name='S' autojoin='true'/>")
        let old = try element("<conference name='O'><extensions><kept/></extensions></conference>")
        let gone = try element("<conference/>")
        let wanted = try storage(
            """
            <conference jid='New@X/r' name='N'/><conference jid='same@x' name='S' autojoin='1'/>
            <conference jid='old@x' name='changed'/><conference jid='@@' name='no address'/><url url='u'/>
            """)
        let changes = wanted.changes(of: [("same@x", same), ("old@x", old), ("gone@x", gone)])
        #expect(changes.retracted == ["gone@x"])
        #expect(changes.published.map(\.id) == ["new@x", "old@x"])
        #expect(changes.published.first?.conference == (try element("<conference name='N'/>")))
        let kept = try element("<conference name='changed'><extensions><kept/></extensions></conference>")
        #expect(changes.published.last?.conference == kept)
        #expect(wanted.others.map(\.name) == ["url"])
    }

    // MUCX-092
    @Test func nothingChangesWhereNothingDiffers() throws {
        let item = try element("<conference autojoin='1'><nick>n</nick></conference>")
        let same = try storage("<conference jid='a@x' autojoin='true'><nick>n</nick></conference>")
        let changes = same.changes(of: [("a@x", item)])
        #expect(changes.published.isEmpty && changes.retracted.isEmpty)
    }
}
