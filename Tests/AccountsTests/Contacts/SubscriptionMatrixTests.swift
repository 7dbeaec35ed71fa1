// The whole state machine of subscriptions, row by row (RFC 6121 App. A; the matrix of im-server §30).

import Storage
import Testing
import XMPP

@testable import Accounts

@Suite struct SubscriptionMatrixTests {
    /// A state by the name of RFC 6121 App. A.1: `N`, `T`, `F`, `B`, with `+O`, `+I` or `+OI`.
    struct State: Sendable, CustomStringConvertible {
        let description: String

        var subscription: Subscription {
            let waits = description.drop { $0 != "+" }
            var state = Subscription()
            if waits.contains("O") { state.outward = .pending }
            if waits.contains("I") { state.inward = .pending }
            if "TB".contains(description.prefix(1)) { state.outward = .granted }
            if "FB".contains(description.prefix(1)) { state.inward = .granted }
            return state
        }
    }

    /// A state and, for each of the eight stanzas, what becomes of it: the next state or `=`, then `r` where the
    /// stanza goes on, `-` where it does not, and `!` where `subscribed` is answered.
    struct Row: Sendable, CustomStringConvertible {
        let state: State
        let cells: [String]

        var description: String { state.description }

        init(_ text: String) {
            let parts = text.split(separator: "|").map { $0.filter { $0 != " " } }
            state = State(description: parts[0])
            cells = Array(parts.dropFirst())
        }

        func next(_ column: Int) -> Subscription {
            let name = cells[column].filter { !"r-!=".contains($0) }
            return name.isEmpty ? state.subscription : State(description: name).subscription
        }
    }

    /// Columns: subscribe, unsubscribe, subscribed, unsubscribed out, then in (IM-128 … IM-135).
    static let matrix = [
        "N    | N+O r  | = r   | = -   | = -   | N+I r  | = -   | = -   | = -  ",
        "N+O  | = r    | N r   | = -   | = -   | N+OI r | = -   | T r   | N r  ",
        "N+I  | N+OI r | = r   | F r   | N r   | = -    | N r   | = -   | = -  ",
        "N+OI | = r    | N+I r | F+O r | N+O r | = -    | N+O r | T+I r | N+I r",
        "T    | = r    | N r   | = -   | = -   | T+I r  | = -   | = -   | N r  ",
        "T+I  | = r    | N+I r | B r   | T r   | = -    | T r   | = -   | N+I r",
        "F    | F+O r  | = r   | = -   | N r   | = - !  | N r   | = -   | = -  ",
        "F+O  | = r    | F r   | = -   | N+O r | = - !  | N+O r | B r   | F r  ",
        "B    | = r    | F r   | = -   | T r   | = - !  | T r   | = -   | F r  ",
    ].map(Row.init)

    private static let verbs: [Subscription.Verb] = [.subscribe, .unsubscribe, .subscribed, .unsubscribed]
    private let juliet: JID

    init() throws { juliet = try JID("juliet@example.com") }

    private func contacts(_ state: Subscription, approved: Bool = false) -> Contacts {
        var record = RosterRecord(jid: juliet.description, name: "Juliet", approved: approved)
        record.state = state
        let request = SubscriptionRequest(from: juliet.description, stanza: [1])
        return Contacts(
            roster: Roster(version: 7, items: [record]), requests: state.inward == .pending ? [request] : [])
    }

    /// IM-128 … IM-135: nine states by eight stanzas.
    @Test(arguments: matrix)
    func cell(_ row: Row) throws {
        let before = row.state.subscription
        for (index, verb) in Self.verbs.enumerated() {
            var sending = contacts(before)
            let sent = try sending.sending(verb, to: juliet)
            #expect(sending.subscription(juliet) == row.next(index), "\(row) out \(verb)")
            #expect(sent.passes == row.cells[index].contains("r"), "\(row) out \(verb)")
            #expect(sent.answers == [])
            var receiving = contacts(before)
            let got = try receiving.receiving(verb, from: juliet, [2])
            #expect(receiving.subscription(juliet) == row.next(index + 4), "\(row) in \(verb)")
            #expect(got.passes == row.cells[index + 4].contains("r"), "\(row) in \(verb)")
            #expect(got.answers == (row.cells[index + 4].contains("!") ? [.subscribed] : []), "\(row) in \(verb)")
        }
    }

    /// What is told of a change is what changed: an entry is pushed where the roster shows it, and is stored with it.
    @Test(arguments: matrix)
    func pushes(_ row: Row) throws {
        for (index, verb) in Self.verbs.enumerated() {
            for isOut in [true, false] {
                var contacts = contacts(row.state.subscription)
                let shown = contacts[juliet]
                let outcome =
                    isOut
                    ? try contacts.sending(verb, to: juliet) : try contacts.receiving(verb, from: juliet, [2])
                let isChanged = contacts[juliet] != shown
                let change = contacts[juliet].map { Contacts.Outcome.Change.item($0) }
                #expect(outcome.push == (isChanged ? change : nil), "\(row) \(verb) \(index)")
                #expect(contacts.version == (isChanged ? 8 : 7))
                let stored = outcome.writes.contains { if case .roster = $0 { true } else { false } }
                #expect(stored == isChanged)
                let asks = contacts.subscription(juliet).inward == .pending
                #expect(contacts.requests.map(\.value.from) == (asks ? [juliet.description] : []))
            }
        }
    }

    /// IM-130, IM-131, IM-133: whoever may see the presence from now on is shown it, and whoever may no more is shown
    /// that it ends.
    @Test(arguments: matrix)
    func disclosure(_ row: Row) throws {
        for verb in Self.verbs {
            for isOut in [true, false] {
                var contacts = contacts(row.state.subscription)
                let could = contacts.isSubscriber(juliet)
                let outcome =
                    isOut
                    ? try contacts.sending(verb, to: juliet) : try contacts.receiving(verb, from: juliet, [2])
                let can = contacts.isSubscriber(juliet)
                let again = could && can && outcome.answers == [.subscribed]
                let wanted: Contacts.Outcome.Disclosure? =
                    (can && !could) || again ? .available : could && !can ? .unavailable : nil
                #expect(outcome.shows == wanted, "\(row) \(isOut ? "out" : "in") \(verb)")
                #expect(contacts.subscribers == (can ? [juliet] : []))
            }
        }
    }

    /// What the roster shows of each state (RFC 6121 §2.1.2.5), and that the store gives it back.
    @Test(arguments: [
        ("N", "none", false), ("N+O", "none", true), ("N+OI", "none", true), ("T", "to", false), ("T+I", "to", false),
        ("F", "from", false), ("F+O", "from", true), ("B", "both", false),
    ])
    func shown(name: String, token: String, asks: Bool) {
        let state = State(description: name).subscription
        let kept = contacts(state)
        #expect(kept[juliet]?.state.token == token)
        #expect(kept[juliet]?.ask == asks)
        #expect(kept.subscription(juliet) == state)
    }
}
