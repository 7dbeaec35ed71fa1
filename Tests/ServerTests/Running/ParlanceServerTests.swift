// Starts whole servers in this process on ports of loopback, with the clock moved by hand.

import Accounts
import Foundation
import Host
import Logging
import Network
import Testing
import XMPP

@testable import Server

@Suite struct ParlanceServerTests {
    private let folder: TemporaryFolder
    private let clock = HandClock(at: Moment(milliseconds: 1_800_000_000_000))
    private let silence = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }

    init() throws { folder = try TemporaryFolder() }

    private var configuration: ServerConfiguration {
        var configuration = ServerConfiguration()
        configuration.data = folder.file("data")
        configuration.loops = 2
        configuration.listeners.c2s = [ServerConfiguration.ClientListener(SocketPlace(host: "127.0.0.1", port: 0))]
        configuration.tls.isRequired = false
        configuration.tls.plainOnLoopback = true
        return configuration
    }

    private func start(_ configuration: ServerConfiguration) async throws -> ParlanceServer {
        try await ParlanceServer.start(configuration, log: silence, clock: clock)
    }

    private func refusal(_ configuration: ServerConfiguration) async -> OperatorFault? {
        do throws(OperatorFault) {
            await (try ParlanceServer.start(configuration, log: silence, clock: clock)).stop()
            return nil
        } catch {
            return error
        }
    }

    @Test func oneRoomFromLoginToStop() async throws {
        let server = try await start(configuration)
        let account = try #require(await server.makeReadyAccount())
        #expect(try await server.makeReadyAccount() == nil)
        let client = try PlainClient(port: server.ports[0].place.port)
        #expect(try client.logIn("me", account.password).contains("<success"))
        client.send(
            "<presence to='den@conference.localhost/me'><x xmlns='http://jabber.org/protocol/muc'/></presence>")
        #expect(try client.receive(until: "</presence>").contains("code='201'"))

        let access = try OperatorAccess(configuration)
        let shown = try await access.ask(.showRoom("den")).lines
        #expect(shown.contains { $0.contains("me@localhost/t (muc)") })
        #expect(try await access.ask(.explain(room: "den", who: "me")).lines.count == 1, "who is there has not left")
        await access.close()

        async let isStopped: Void = server.stop()
        #expect(try client.receive(until: "</stream:stream>").contains("system-shutdown"))
        client.close()
        await isStopped
        let later = try OperatorAccess(configuration)
        let why = try await later.ask(.explain(room: "den@conference.localhost", who: "me@localhost")).lines
        #expect(try await later.ask(.explain(room: "den", who: "me")).lines == why)
        #expect(why.count == 2)
        #expect(why.first?.contains("entered as me") == true)
        #expect(why.last?.contains("left: the service was shut down") == true)
        await later.close()
    }

    @Test func deletedAccountIsDisconnected() async throws {
        let server = try await start(configuration)
        let account = try #require(await server.makeReadyAccount())
        let client = try PlainClient(port: server.ports[0].place.port)
        _ = try client.logIn("me", account.password)
        let access = try OperatorAccess(configuration)
        _ = try await access.ask(.deleteAccount(name: "me"))
        #expect(try client.receive(until: "</stream:stream>").contains("not-authorized"))
        client.close()
        await server.stop()
    }

    /// Nobody who gets the name later is to be in channels because somebody else was.
    @Test func deletedAccountLeavesItsChannels() async throws {
        var server = try await start(configuration)
        var access = try OperatorAccess(configuration)
        for name in ["bo", "me"] {
            let keys = try AccountKeys(typed: "secret", limit: 100)
            _ = try await access.ask(.createAccount(name: name, keys: keys))
        }
        var bo = try PlainClient(port: server.ports[0].place.port)
        _ = try bo.logIn("bo", "secret")
        bo.send(
            "<iq type='set' id='c' to='mix.localhost'><create xmlns='urn:xmpp:mix:core:1' channel='heath'/></iq>")
        try bo.receive(until: "id='c'")
        let me = try PlainClient(port: server.ports[0].place.port)
        _ = try me.logIn("me", "secret")
        for (name, client) in [("bo", bo), ("me", me)] {
            client.send(joining("heath", as: name))
            try client.receive(until: "id='j-\(name)'")
            client.close()
        }
        await access.close()
        await server.stop()

        access = try OperatorAccess(configuration)
        await #expect(throws: OperatorFault.self) { _ = try await access.ask(.deleteAccount(name: "me")) }
        await access.close()

        server = try await start(configuration)
        bo = try PlainClient(port: server.ports[0].place.port)
        _ = try bo.logIn("bo", "secret")
        bo.send(joining("heath", as: "bo"))
        try bo.receive(until: "id='j-bo'")
        access = try OperatorAccess(configuration)
        #expect(try await access.ask(.deleteAccount(name: "me")).fault == nil)
        #expect(try bo.receive(until: "<retract id=").contains("urn:xmpp:mix:nodes:participants"))
        bo.close()
        await access.close()
        await server.stop()
    }

    private func joining(_ channel: String, as nick: String) -> String {
        "<iq type='set' id='j-\(nick)'><client-join xmlns='urn:xmpp:mix:pam:2' channel='\(channel)@mix.localhost'>"
            + "<join xmlns='urn:xmpp:mix:core:1'><nick>\(nick)</nick>"
            + "<subscribe node='urn:xmpp:mix:nodes:participants'/></join></client-join></iq>"
    }

    @Test func deadlinesComeByHand() async throws {
        var configuration = configuration
        configuration.storage = .memory
        configuration.limits.account.negotiationSeconds = 60
        configuration.limits.account.sweepSeconds = 20
        let server = try await start(configuration)
        let client = try PlainClient(port: server.ports[0].place.port)
        client.open()
        try client.receive(until: "</stream:features>")
        await clock.advance(by: .seconds(81))
        #expect(try client.receive(until: "</stream:stream>").contains("connection-timeout"))
        client.close()
        await server.stop()
    }

    @Test func secretsStayOverRestarts() async throws {
        await (try await start(configuration)).stop()
        let names = ["data/decoy.secret", "data/tls-key.pem", "data/tls-certificate.pem"]
        let before = names.map { FileManager.default.contents(atPath: folder.file($0)) }
        #expect(before.allSatisfy { $0?.isEmpty == false })
        for name in names { #expect(try folder.mode(of: name) == 0o600) }
        await (try await start(configuration)).stop()
        #expect(names.map { FileManager.default.contents(atPath: folder.file($0)) } == before)
    }

    @Test func controlSocketIsPrivateAndReplaced() async throws {
        try FileManager.default.createDirectory(atPath: folder.file("data"), withIntermediateDirectories: true)
        try folder.write("data/control.sock", "left behind")
        let server = try await start(configuration)
        #expect(try folder.mode(of: "data/control.sock") == 0o600)
        await server.stop()
        #expect(!FileManager.default.fileExists(atPath: folder.file("data/control.sock")))
    }

    @Test func aRenewedCertificateIsShown() async throws {  // IM-047
        let (former, next) = (
            try SelfSigned.make(names: ["localhost"], from: Date.now),
            try SelfSigned.make(names: ["localhost", "new.localhost"], from: Date.now)
        )
        var configuration = configuration
        configuration.tls.certificate = try folder.write("c.pem", former.certificate)
        configuration.tls.key = try folder.write("k.pem", former.key)
        let server = try await start(configuration)
        let pause = Duration.seconds(configuration.limits.network.certificateSeconds + 1)
        try folder.write("c.pem", next.certificate)
        await clock.advance(by: pause)
        #expect(server.certificate.current.names == ["localhost"], "its key is not there yet")
        try folder.write("k.pem", next.key)
        await clock.advance(by: pause)
        #expect(server.certificate.current.names == ["localhost", "new.localhost"])
        await server.stop()
    }

    @Test func takenPort() async throws {
        let server = try await start(configuration)
        var second = configuration
        second.data = folder.file("second")
        second.listeners.c2s = [ServerConfiguration.ClientListener(server.ports[0].place)]
        let fault = await refusal(second)
        #expect(fault?.exitCode == 1)
        #expect(fault?.description.contains("\(server.ports[0].place) is taken by another program") == true)
        second.listeners.c2s = configuration.listeners.c2s
        #expect(await refusal(second) == nil)
        await server.stop()
    }

    @Test func lockedAndUnusableFolders() async throws {
        let server = try await start(configuration)
        #expect(await refusal(configuration)?.description.contains("is in use by") == true)
        await server.stop()
        var other = configuration
        other.data = try folder.write("file", "not a folder")
        #expect(await refusal(other)?.description.contains("is not a folder: move it away") == true)
        other.data = folder.file("none/data")
        #expect(await refusal(other)?.description.contains("make that first") == true)
        other.data = folder.file("damaged")
        try FileManager.default.createDirectory(atPath: other.data, withIntermediateDirectories: true)
        try folder.write("damaged/parlance.sqlite", String(repeating: "not a database ", count: 1_000))
        #expect(await refusal(other)?.description.contains("the store is damaged") == true)
        other.data = folder.file(String(repeating: "x", count: 120))
        #expect(await refusal(other)?.exitCode == 2)
    }

    @Test func badCertificate() async throws {
        var configuration = configuration
        configuration.tls.certificate = try folder.write("c.pem", "nothing")
        configuration.tls.key = configuration.tls.certificate
        let fault = await refusal(configuration)
        #expect(fault?.exitCode == 2)
        #expect(fault?.description.contains("holds no PEM certificate") == true)
        configuration.tls.certificate = folder.file("nope.pem")
        #expect(await refusal(configuration)?.description.contains("there is no file") == true)
    }

    @Test func announcement() async throws {
        let server = try await start(configuration)
        let account = try await server.makeReadyAccount()
        let lines = Announcement.lines(server, account: account, program: "./my parlance")
        #expect(lines.contains("  SHA-256   \(try #require(server.ownFingerprint))"))
        #expect(lines.contains { $0.contains("join any name at conference.localhost") })
        #expect(lines.contains { $0.contains("It opens to others when you accept its configuration") })
        let more = "'./my parlance' account create NAME@localhost --data \(configuration.data)"
        #expect(lines.contains("More:       \(more)"))
        await server.stop()
    }

    @Test func whatIsNotServedIsWarnedOfOnce() async throws {
        var configuration = try ServerConfiguration.read(
            "services: [{ domains: [{ domain: old.localhost, dialects: [conference] }] }]\nlisten: {}", from: "p")
        configuration.data = folder.file("data")
        let server = try await start(configuration)
        #expect(server.warnings == ["not served by this version, ignored: domain old.localhost (conference)"])
        #expect(server.house.domains == ["localhost": .accounts])
        await server.stop()
    }
}
