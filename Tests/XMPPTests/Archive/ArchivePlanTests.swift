// From a query to what is read, and from what was read to a page.

import Testing
import XMPP

@Suite struct ArchivePlanTests {
    private let limits = ArchiveLimits()

    /// Whose archive has the places 1 to 9, called by their numbers.
    private func plan(
        _ change: (inout ArchiveQuery) -> Void, start: UInt64? = nil, afterEnd: UInt64? = nil
    ) -> ArchivePlan {
        var query = ArchiveQuery()
        change(&query)
        let ids = Dictionary(uniqueKeysWithValues: (1...9).map { (String($0), UInt64($0)) })
        return ArchivePlan(query, ArchivePlaces(ids: ids, start: start, afterEnd: afterEnd), in: 1...9, limits)
    }

    @Test func ranges() {
        #expect(plan { _ in }.range == 1...9)
        #expect(plan { $0.page.after = "3" }.range == 4...9)
        #expect(plan { $0.page.before = "3" }.range == 1...2)
        #expect(plan { $0.page.before = "" }.range == 1...9)
        #expect(plan { $0.page.after = "9" }.range == nil)
        #expect(plan { $0.page.before = "1" }.range == nil)
        #expect(plan { ($0.afterID, $0.beforeID) = ("2", "7") }.range == 3...6)
        #expect(plan { ($0.afterID, $0.page.after) = ("2", "4") }.range == 5...9)
        #expect(plan { ($0.page.after, $0.page.before) = ("2", "5") }.range == 3...4)
    }

    // MUCX-019
    @Test func times() {
        let time = Moment(milliseconds: 0)
        #expect(plan({ $0.start = time }, start: 4).range == 4...9)
        #expect(plan { $0.start = time }.range == nil)
        #expect(plan({ $0.end = time }, afterEnd: 4).range == 1...3)
        #expect(plan({ $0.end = time }, afterEnd: 1).range == nil)
        #expect(plan { $0.end = time }.range == 1...9)
    }

    @Test func anEmptyArchiveHasNoRange() {
        #expect(ArchivePlan(ArchiveQuery(), ArchivePlaces(), in: nil, limits).range == nil)
    }

    // MUCX-015
    @Test func sizes() {
        #expect(plan { _ in }.reads == 51)
        #expect(plan { $0.page.max = 10 }.reads == 11)
        #expect(plan { $0.page.max = 100_000 }.size == 250)
        #expect(plan { $0.page.max = 0 }.size == 0)
        #expect(plan { $0.page.before = "" }.newestFirst)
        #expect(!plan { $0.page.after = "1" }.newestFirst)
    }

    @Test func onlyThese() {
        #expect(plan { $0.ids = ["7", "2", "2", "5"] }.chosen == [2, 5, 7])
        #expect(plan { ($0.ids, $0.page) = (["7", "2", "5"], ResultSet.Request(max: 1)) }.chosen == [2, 5, 7])
        #expect(
            plan { ($0.ids, $0.page) = (["7", "2", "5"], ResultSet.Request(max: 1, before: "")) }.chosen == [7, 5, 2])
        #expect(plan { ($0.ids, $0.page.after) = (["7", "2", "5"], "2") }.chosen == [5, 7])
        #expect(plan { _ in }.chosen == nil)
    }

    // MUCX-014, MUCX-018
    @Test func pages() {
        let forward = plan { $0.page.max = 2 }
        #expect(forward.page(of: [1, 2, 3]) { _ in 1 } == ArchivePage(messages: [1, 2], isComplete: false))
        #expect(forward.page(of: [1, 2]) { _ in 1 } == ArchivePage(messages: [1, 2], isComplete: true))
        #expect(forward.page(of: [1], isAll: false) { _ in 1 } == ArchivePage(messages: [1], isComplete: false))
        let backward = plan { $0.page = ResultSet.Request(max: 2, before: "") }
        #expect(backward.page(of: [9, 8, 7]) { _ in 1 } == ArchivePage(messages: [8, 9], isComplete: false))
        let none = plan { $0.page.max = 0 }
        #expect(none.page(of: [1]) { _ in 1 } == ArchivePage(messages: [], isComplete: false))
        #expect(none.page(of: [Int]()) { _ in 1 } == ArchivePage(messages: [], isComplete: true))
    }

    @Test func aPageEndsWhereItsBytesEnd() {
        let forward = plan { _ in }
        let half = limits.pageBytes / 2
        #expect(forward.page(of: [1, 2, 3]) { _ in half } == ArchivePage(messages: [1, 2], isComplete: false))
        #expect(forward.page(of: [1, 2]) { _ in half } == ArchivePage(messages: [1, 2], isComplete: true))
        #expect(forward.page(of: [1, 2]) { _ in 3 * half } == ArchivePage(messages: [1], isComplete: false))
        let backward = plan { $0.page.before = "" }
        #expect(backward.page(of: [3, 2, 1]) { _ in half } == ArchivePage(messages: [2, 3], isComplete: false))
    }
}
