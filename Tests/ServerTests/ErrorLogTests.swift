// Shows the two looks of a log line, and that what it quotes cannot forge another.

import Logging
import Testing

@testable import Server

@Suite struct ErrorLogTests {
    private func line(_ format: ServerConfiguration.LogPlan.Format, _ metadata: Logger.Metadata) -> String {
        var plan = ServerConfiguration.LogPlan()
        plan.format = format
        let event = LogEvent(
            level: .warning, message: "a room\ncannot be loaded", metadata: metadata, source: "", file: "",
            function: "",
            line: 0)
        return ErrorLog("tests", plan).line(event, at: "2026-11-21T08:00:00Z")
    }

    @Test func text() {
        let expected =
            #"2026-11-21T08:00:00Z warning: a room\#u{fffd}cannot be loaded reason="\"words\"" room=main/den"#
        #expect(line(.text, ["room": "main/den", "reason": "\"words\""]) == expected)
    }

    @Test func json() {
        let expected =
            #"{"level":"warning","message":"a room\ncannot be loaded","room":"main/den","time":"2026-11-21T08:00:00Z"}"#
        #expect(line(.json, ["room": "main/den", "time": "x"]) == expected)
    }
}
