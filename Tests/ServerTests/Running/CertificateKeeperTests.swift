// Shows what is said of a given certificate, and when the server makes another one of its own.

import Foundation
import Network
import SQLiteStorage
import Testing

@testable import Server

@Suite struct CertificateKeeperTests {
    private let folder: TemporaryFolder
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    init() throws { folder = try TemporaryFolder() }

    private func given(_ names: [String], days: Int) throws -> ServerConfiguration {
        let pair = try SelfSigned.make(names: names, from: now, days: days)
        var configuration = ServerConfiguration()
        configuration.domain = "example.org"
        configuration.tls.certificate = try folder.write("c.pem", pair.certificate)
        configuration.tls.key = try folder.write("k.pem", pair.key)
        return configuration
    }

    @Test(arguments: [(0, "expired on 2027-01-15"), (7, "expires on 2027-01-22")])
    func time(days: Int, words: String) throws {
        let configuration = try given(["example.org"], days: days)
        let keeper = try CertificateKeeper(configuration, in: try DataFolder(folder.file("d")), now: now)
        #expect(keeper.warnings.count == 1)
        #expect(keeper.warnings.first?.contains(words) == true)
    }

    @Test func names() throws {
        let fine = try given(["*.example.org", "example.org"], days: 90)
        #expect(try CertificateKeeper(fine, in: try DataFolder(folder.file("a")), now: now).warnings == [])
        let wrong = try given(["example.net"], days: 90)
        let warnings = try CertificateKeeper(wrong, in: try DataFolder(folder.file("b")), now: now).warnings
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("is for example.net, not for example.org") == true)
        #expect(CertificateKeeper.covers(["*.example.org"], "a.example.org"))
        #expect(!CertificateKeeper.covers(["*.example.org"], "a.b.example.org"))
    }

    @Test func foreignKey() throws {
        var configuration = try given(["example.org"], days: 90)
        let other = try SelfSigned.make(names: ["example.org"], from: now)
        configuration.tls.key = try folder.write("other.pem", other.key)
        let data = try DataFolder(folder.file("d"))
        #expect(throws: OperatorFault.self) { try CertificateKeeper(configuration, in: data, now: now) }
    }

    @Test func junkOfItsOwnIsReplacedAndSaid() throws {
        let data = try DataFolder(folder.file("d"))
        let first = try CertificateKeeper(ServerConfiguration(), in: data, now: now)
        #expect(first.warnings == [])
        try folder.write("d/tls-certificate.pem", "junk")
        let second = try CertificateKeeper(ServerConfiguration(), in: data, now: now)
        #expect(second.warnings.count == 1)
        #expect(second.warnings.first?.contains("cannot be used: a new one was made") == true)
        #expect(second.ownFingerprint != nil)
        #expect(second.ownFingerprint != first.ownFingerprint)
    }

    @Test func ownPairIsKeptAndRemade() throws {
        let data = try DataFolder(folder.file("d"))
        var configuration = ServerConfiguration()
        func certificate(_ now: Date) throws -> Data? {
            _ = try CertificateKeeper(configuration, in: data, now: now)
            return FileManager.default.contents(atPath: data.file("tls-certificate.pem"))
        }
        let first = try certificate(now)
        #expect(try certificate(now.addingTimeInterval(86_400)) == first)
        let later = try certificate(now.addingTimeInterval(Double(SelfSigned.days) * 86_400))
        #expect(later != first)
        configuration.domain = "example.org"
        #expect(try certificate(now.addingTimeInterval(Double(SelfSigned.days) * 86_400)) != later)
    }
}
