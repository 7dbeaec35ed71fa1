// Log lines on standard error: one for people, or one JSON object.

import Foundation
public import Logging
import Network
import Rooms
import XMPP

/// Writes log lines to standard error.
public struct ErrorLog: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    private let format: ServerConfiguration.LogPlan.Format
    private let label: String

    init(_ label: String, _ plan: ServerConfiguration.LogPlan) {
        self.label = label
        logLevel = plan.level
        format = plan.format
    }

    /// A logger with the level and format of the configuration.
    public static func logger(_ plan: ServerConfiguration.LogPlan) -> Logger {
        Logger(label: "parlance") { ErrorLog($0, plan) }
    }

    /// A logger for libraries that tell of every step: only what is wrong is written.
    static func quiet(_ plan: ServerConfiguration.LogPlan) -> Logger {
        var plan = plan
        plan.level = max(plan.level, .warning)
        return logger(plan)
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        Terminal.complain(line(event, at: SystemClock.now.xep0082))
    }

    func line(_ event: LogEvent, at time: String) -> String {
        var facts = metadata
        for (key, value) in metadataProvider?.get() ?? [:] { facts[key] = value }
        for (key, value) in event.metadata ?? [:] { facts[key] = value }
        if let error = event.error { facts["error"] = "\(error)" }
        let sorted = facts.sorted { $0.key < $1.key }.map { ($0.key, $0.value.description) }
        switch format {
        case .text:
            let tail = sorted.map { " \($0)=\(Self.quoted($1))" }.joined()
            return TerminalText.clean("\(time) \(event.level): \(event.message)\(tail)")
        case .json:
            var object = ["time": time, "level": event.level.rawValue, "message": event.message.description]
            for (key, value) in sorted where object[key] == nil { object[key] = value }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let bytes = (try? encoder.encode(object)) ?? Data()
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func quoted(_ text: String) -> String {
        text.isEmpty || text.contains { $0 == " " || $0 == "\"" || $0 == "=" }
            ? "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" : text
    }
}
