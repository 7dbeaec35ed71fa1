// Shows the findings of `parlance check` on what can be wrong.

import Foundation
import Network
import Testing

@testable import Server

@Suite struct CheckupTests {
    private let folder: TemporaryFolder
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    init() throws { folder = try TemporaryFolder() }

    private func findings(_ change: (inout ServerConfiguration) throws -> Void) async throws -> [String] {
        var configuration = ServerConfiguration()
        configuration.data = folder.file("data")
        configuration.listeners.c2s = [ServerConfiguration.ClientListener(SocketPlace(host: "127.0.0.1", port: 0))]
        try change(&configuration)
        return await Checkup(configuration, now: now).findings(file: "p.yaml").map(\.description)
    }

    @Test func allIsWell() async throws {
        let lines = try await findings { _ in }
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.hasPrefix("ok ") })
        #expect(lines.contains { $0.contains("will be made at the first start") })
    }

    @Test func damagedStore() async throws {
        try FileManager.default.createDirectory(atPath: folder.file("data"), withIntermediateDirectories: true)
        try folder.write("data/parlance.sqlite", String(repeating: "not a database ", count: 1_000))
        let lines = try await findings { _ in }
        #expect(lines.contains { $0.hasPrefix("wrong ") && $0.contains("the store is damaged") })
    }

    @Test func folderThatCannotBeMade() async throws {
        let lines = try await findings { $0.data = folder.file("none/data") }
        #expect(lines.contains { $0.hasPrefix("wrong ") && $0.contains("cannot be made") })
    }

    @Test func junkInPlaceOfItsOwnCertificate() async throws {
        try FileManager.default.createDirectory(atPath: folder.file("data"), withIntermediateDirectories: true)
        try folder.write("data/tls-certificate.pem", "junk")
        let lines = try await findings { _ in }
        #expect(lines.contains { $0.hasPrefix("warning ") && $0.contains("the next start makes a new one") })
    }

    @Test func grammar() async throws {
        let one = try await findings { $0.unknownVariables = ["PARLANCE_A"] }
        #expect(one.contains { $0.contains("PARLANCE_A overrides nothing") })
        let two = try await findings { $0.unknownVariables = ["PARLANCE_A", "PARLANCE_B"] }
        #expect(two.contains { $0.contains("PARLANCE_A, PARLANCE_B override nothing") })
    }

    @Test func expiredCertificate() async throws {
        let pair = try SelfSigned.make(names: ["localhost"], from: now, days: 0)
        let lines = try await findings {
            $0.tls.certificate = try folder.write("c.pem", pair.certificate)
            $0.tls.key = try folder.write("k.pem", pair.key)
        }
        #expect(lines.contains { $0.hasPrefix("wrong ") && $0.contains("expired on 2027-01-15") })
    }

    @Test func addressOfAnotherMachine() async throws {
        let lines = try await findings {
            $0.listeners.c2s = [ServerConfiguration.ClientListener(SocketPlace(host: "192.0.2.1", port: 0))]
        }
        #expect(lines.contains { $0.hasPrefix("wrong ") && $0.contains("is not an address of this machine") })
    }

    @Test func nobodyCanLogIn() async throws {
        let lines = try await findings { $0.listeners.c2s = [] }
        #expect(lines.contains { $0.hasPrefix("warning ") && $0.contains("no port for clients") })
    }
}
