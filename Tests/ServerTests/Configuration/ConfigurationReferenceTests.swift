// Compares the reference of the configuration with its declarations; with REWRITE=1 in the environment it is rewritten.

import Foundation
import Testing

@testable import Server

@Suite struct ConfigurationReferenceTests {
    private var file: String {
        var url = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<4 { url.deleteLastPathComponent() }
        return url.appendingPathComponent("Documentation/configuration.md").path
    }

    @Test func isUpToDate() throws {
        if ProcessInfo.processInfo.environment["REWRITE"] == "1" {
            try ConfigurationReference.document.write(toFile: file, atomically: true, encoding: .utf8)
        }
        let kept = try String(contentsOfFile: file, encoding: .utf8)
        #expect(
            kept == ConfigurationReference.document,
            "run REWRITE=1 swift test --filter ConfigurationReferenceTests, and look at the difference")
    }

    @Test func namesEveryKey() {
        let document = ConfigurationReference.document
        for path in ["services[].domains[].dialects", "limits.room.nick_characters", "tls.plain_on_loopback"] {
            #expect(document.contains("* `\(path)`:"))
        }
        #expect(document.contains("`PARLANCE_TLS_REQUIRE`"))
        #expect(!document.contains("`PARLANCE_SERVICES"))
    }
}
