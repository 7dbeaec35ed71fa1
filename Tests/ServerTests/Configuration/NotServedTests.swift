// Shows which keys and names are accepted and named in the warning at the start.

import Testing

@testable import Server

@Suite struct NotServedTests {
    private func names(_ text: String) throws -> [String] {
        try ServerConfiguration.read(text, from: "parlance.yaml").notServed
    }

    @Test func theWholeContract() throws {
        let text = """
            domain: localhost
            services:
              - name: main
                domains:
                  - { domain: conference.localhost, dialects: [muc, groupchat, conference] }
                  - { domain: mix.localhost, dialects: [mix, mix-0.2.1, mix-0.0.1] }
            listen:
              c2s: [{ address: "127.0.0.1:5222", tls: starttls }]
              s2s: [{ address: "0.0.0.0:5269" }]
              component: [{ address: "127.0.0.1:5347" }]
            tls: { require: false, plain_on_loopback: true }
            registration: invite
            limits: { rate: default }
            components: [{ domain: irc.localhost, secret_env: IRC_SECRET }]
            attach: { server: "127.0.0.1:5347", domain: rooms.example.org, secret_env: X }
            """
        #expect(
            try names(text) == [
                "conference.localhost (conference)", "listen.s2s",
                "listen.component", "components", "attach", "registration: invite (closed instead)",
            ])
    }

    @Test func nothingToSay() throws {
        #expect(try names("limits: { rate: off }\nregistration: open") == [])
    }
}
