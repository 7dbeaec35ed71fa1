// Shows that every named limit of every layer can be set, and that a key sets the limit it names.

import Accounts
import Host
import Network
import Rooms
import Storage
import Streams
import Testing
import XML
import XMPP

@testable import Server

@Suite struct LimitKeysTests {
    /// `nickCharacters` as a key: `nick_characters`.
    private func key(_ property: String) -> String {
        property.map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }.joined()
    }

    private func properties(_ limits: Any) -> [String: Int] {
        var found: [String: Int] = [:]
        for child in Mirror(reflecting: limits).children {
            switch child.value {
            case let number as any BinaryInteger: found[key(child.label ?? "")] = Int(number)
            case let group as ArchiveLimits:
                for (name, number) in properties(group) { found["\(key(child.label ?? ""))_\(name)"] = number }
            default: continue
            }
        }
        return found
    }

    /// MUC-422
    @Test func floodsAreSlowedDownUnlessThatIsSwitchedOff() {
        var limits = ServerConfiguration.Limits()
        #expect(limits.ofHouse.slowsFloods)
        limits.rate = .off
        #expect(!limits.ofHouse.slowsFloods)
    }

    /// Limits whose default is the most they can be.
    private static let mosts = ["own_nodes": Topics.ownNodes]

    private func check<Limits: Sendable>(_ section: ConfigurationSection<Limits>, _ limits: Limits) throws {
        let found = properties(limits)
        #expect(!found.isEmpty)
        #expect(Set(section.keys.map(\.name)) == Set(found.keys))
        for entry in section.entries(below: "", limits) {
            #expect(entry.fallback == found[entry.path].map(String.init), "\(entry.path)")
            var changed = limits
            var reading = ConfigurationReading(file: "")
            let former = found[entry.path] ?? 0
            let value = former == Self.mosts[entry.path] ? former - 1 : former + 1
            reading.environment = [ConfigurationReading.variable(for: entry.path): String(value)]
            try section.override("", &changed, &reading)
            var expected = found
            expected[entry.path] = value
            #expect(properties(changed) == expected, "\(entry.path)")
        }
    }

    @Test func all() throws {
        try check(LimitKeys.room, RoomLimits())
        try check(LimitKeys.host, HostLimits())
        try check(LimitKeys.account, AccountLimits())
        try check(LimitKeys.stream, StreamLimits())
        try check(LimitKeys.xml, XMLLimits())
        try check(LimitKeys.network, NetworkLimits())
        try check(LimitKeys.storage, StorageLimits())
    }
}
