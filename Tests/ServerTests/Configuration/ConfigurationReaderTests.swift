// Shows what the configuration reader takes, and for each kind of mistake where and how it is refused.

import Accounts
import Logging
import Rooms
import Testing

@testable import Server

@Suite struct ConfigurationReaderTests {
    private func read(_ text: String, _ environment: [String: String] = [:]) throws -> ServerConfiguration {
        try ServerConfiguration.read(text, from: "parlance.yaml", environment: environment)
    }

    private func refusal(of text: String, _ environment: [String: String] = [:]) -> String {
        do throws(ConfigurationFault) {
            _ = try ServerConfiguration.read(text, from: "parlance.yaml", environment: environment)
            return ""
        } catch {
            return error.description
        }
    }

    @Test func nothingWritten() throws {
        for text in ["", "# nothing\n", "---\n"] {
            let configuration = try read(text)
            #expect(configuration.domain == "localhost")
            #expect(configuration.services.map(\.name) == ["main"])
            #expect(configuration.services[0].domains.map(\.domain) == ["conference.localhost", "mix.localhost"])
            #expect(configuration.listeners.c2s.map { $0.place?.description } == ["127.0.0.1:5222"])
            #expect(configuration.tls.isRequired)
            #expect(configuration.notServed == [])
        }
    }

    @Test func everyTable() throws {
        let configuration = try read(ConfigurationReference.example)
        #expect(configuration.domain == "example.org")
        #expect(configuration.services[0].creation == .local)
        #expect(configuration.services[0].defaults.maxUsers == 500)
        #expect(configuration.services[0].defaults.isPersistent)
        #expect(configuration.listeners.c2s.map(\.security) == [.starttls, .direct])
        #expect(configuration.listeners.c2s[1].place == SocketPlace(host: "::", port: 5_223))
        #expect(configuration.tls.certificate == "/etc/parlance/chain.pem")
        #expect(configuration.limits.room.historyMessages == 50)
        #expect(configuration.limits.room.occupants == 20_000)
        #expect(configuration.limits.account.resourcesPerAccount == 8)
        #expect(configuration.log.level == .notice)
        #expect(configuration.log.format == .json)
    }

    @Test func servicesFollowTheDomain() throws {
        #expect(try read("domain: example.org").services[0].domains[0].domain == "conference.example.org")
    }

    @Test func listenersNotNamedAreClosed() throws {
        #expect(try read("listen: {}").listeners.c2s.isEmpty)
        #expect(try read("listen: { s2s: [] }").listeners.c2s.isEmpty)
    }

    @Test(arguments: [
        ("domian: x", "parlance.yaml:1:1: unknown key \"domian\": did you mean \"domain\"?"),
        ("tls:\n  requier: false", "parlance.yaml:2:3: unknown key \"requier\" in `tls`: did you mean \"require\"?"),
        (
            "listen:\n  c2s:\n    - { adress: \"127.0.0.1:1\" }",
            "parlance.yaml:3:9: unknown key \"adress\" in `listen.c2s[]`: did you mean \"address\"?"
        ),
        (
            "log: { zzzzzzzz: 1 }",
            "parlance.yaml:1:8: unknown key \"zzzzzzzz\" in `log`: known are level, format"
        ),
        ("limits: { room: { nick_character: 3 } }", "did you mean \"nick_characters\"?"),
        (
            "tls: { require: perhaps }",
            "parlance.yaml:1:17: `tls.require`: \"perhaps\" does not fit: give true or false"
        ),
        ("domain: [a]", "parlance.yaml:1:9: `domain` wants a domain"),
        ("domain: \"a b\"", "`domain`: \"a b\" does not fit: give a domain"),
        ("domain:", "parlance.yaml:1:8: `domain`: there is no value: give a domain"),
        ("tls: yes", "parlance.yaml:1:6: `tls` is a table"),
        ("services: main", "parlance.yaml:1:11: `services` is a list"),
        ("- a", "parlance.yaml:1:1: the configuration is a table"),
        ("storage: tape", "`storage`: \"tape\" does not fit: give sqlite or memory"),
        ("listen: { c2s: [{ address: 5222 }] }", "give an address and port, like 127.0.0.1:5222"),
        ("listen: { c2s: [{ tls: direct }] }", "`listen.c2s[].address` is missing"),
        ("limits: { room: { nick_characters: 0 } }", "\"0\" does not fit: give a number from 1 to 1023"),
        ("operators: [example.org]", "give an address like ada@example.org"),
        ("services: [{ name: a }]", "`services[].domains` is missing"),
        ("services: [{ domains: [{ domain: a.example, dialects: [irc] }] }]", "give muc, groupchat, conference, mix"),
        (
            "services: [{ domains: [{ domain: localhost, dialects: [muc] }] }]",
            "parlance.yaml:1:34: domain \"localhost\" is used twice"
        ),
        ("services: [{ name: a/b, domains: [] }]", "`services[].name`: \"a/b\" does not fit"),
        ("services: [{ domains: [] }]", "service \"main\" has no domain"),
        (
            "services: [{ domains: [{ domain: a.example, dialects: [] }] }]",
            "parlance.yaml:1:55: `dialects` of \"a.example\" names none"
        ),
        ("tls: { key: a.pem }", "`tls.key` is given without `tls.certificate`"),
        ("tls: { certificate: a.pem }", "`tls.certificate` is given without `tls.key`"),
        ("domain: a.example\ndomain: b.example", "stands twice in one table"),
        ("domain: \"a", "parlance.yaml:1:"),
        ("a: [b\nc: d", "not YAML"),
    ])
    func refused(text: String, reason: String) {
        let line = refusal(of: text)
        #expect(line.contains(reason), "\(line)")
        #expect(!line.contains("\n"))
    }

    @Test func environment() throws {
        let configuration = try read(
            "tls: { require: true }\nlog: { level: debug }",
            [
                "PARLANCE_DOMAIN": "example.net", "PARLANCE_TLS_REQUIRE": "false",
                "PARLANCE_LIMITS_ROOM_HISTORY_MESSAGES": "7", "PARLANCE_LOOPS": "3", "PATH": "/bin",
                "PARLANCE_LOG_LEVLE": "info",
            ])
        #expect(configuration.domain == "example.net")
        #expect(configuration.services[0].domains[0].domain == "conference.example.net")
        #expect(!configuration.tls.isRequired)
        #expect(configuration.limits.room.historyMessages == 7)
        #expect(configuration.loops == 3)
        #expect(configuration.log.level == .debug)
        #expect(configuration.unknownVariables == ["PARLANCE_LOG_LEVLE"])
        #expect(
            refusal(of: "", ["PARLANCE_TLS_REQUIRE": "perhaps"])
                == "environment variable PARLANCE_TLS_REQUIRE: \"perhaps\" does not fit: give true or false")
    }

    @Test func secretsAreNotUnknownVariables() throws {
        let text = "components: [{ domain: irc.localhost, secret_env: PARLANCE_IRC }]"
        #expect(try read(text, ["PARLANCE_IRC": "x", "PARLANCE_X": "y"]).unknownVariables == ["PARLANCE_X"])
    }

    @Test func pathsStartAtTheFile() throws {
        let text = "data: ./data\ntls: { certificate: a.pem, key: /b.pem }"
        let configuration = try ServerConfiguration.read(
            text, from: "etc/p.yaml", folder: "etc/", environment: ["PARLANCE_TLS_KEY": "c.pem"])
        #expect(configuration.data == "etc/data")
        #expect(configuration.tls.certificate == "etc/a.pem")
        #expect(configuration.tls.key == "c.pem")
    }

    @Test func missingFile() {
        #expect(throws: ConfigurationFault.self) { try ServerConfiguration.load("/nowhere/parlance.yaml") }
    }
}
