// What was said and heard, in order: the first thing one wants to see of a play that failed.

import XML
import XMPP

/// The course of a performance.
package struct Transcript: Sendable {
    private var lines: [String] = []

    mutating func note(_ time: Moment, _ text: String) { lines.append("\(Self.clock(time))  -- \(text)") }

    mutating func said(_ time: Moment, _ who: String, _ text: String) {
        lines.append("\(Self.clock(time))  \(who) -> \(text)")
    }

    mutating func told(_ time: Moment, _ who: String, _ stanza: Element) {
        lines.append("\(Self.clock(time))  \(who) <- \(stanza)")
    }

    /// The time of day.
    private static func clock(_ time: Moment) -> String { String(time.xep0082.dropFirst(11).prefix(8)) }

    static func lines(_ stanzas: [Element]) -> String { stanzas.map { "    \($0)" }.joined(separator: "\n") }

    /// The last lines.
    func tail(_ count: Int) -> String { lines.suffix(count).joined(separator: "\n") }
}

/// A performance that failed: where, why, and all that went before.
package struct PlayFault: Error, Sendable, CustomStringConvertible {
    let scenario: Scenario
    let stage: String
    /// 0: no line in particular.
    package let line: Int
    package let what: String
    let transcript: Transcript

    package var description: String {
        """

        \(scenario.path)\(line > 0 ? ":\(line)" : "") (\(stage))
        \(what)

        \(script)
        --- what was said and heard ---
        \(transcript.tail(40))
        """
    }

    /// The lines of the file around the one that failed.
    private var script: String {
        guard line > 0 else { return "" }
        let first = max(0, line - 4)
        let last = min(scenario.lines.count, line + 4)
        return (first..<last).map { index in
            (index == line - 1 ? ">>> " : "    ") + scenario.lines[index]
        }.joined(separator: "\n")
    }
}
