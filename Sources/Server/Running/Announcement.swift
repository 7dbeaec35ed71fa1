// What a started server tells on standard output.

/// The lines before `READY`.
public enum Announcement {
    /// - Parameter account: one that was just made, whose password is told now and never again.
    public static func lines(_ server: ParlanceServer, account: ReadyAccount?) -> [String] {
        let configuration = server.configuration
        var lines = ["\(ParlanceVersion.name) \(ParlanceVersion.number)"]
        for port in server.ports {
            lines.append("  clients   \(port.place) (\(port.security == .direct ? "direct TLS" : "STARTTLS"))")
        }
        lines.append("  accounts  \(configuration.domain)")
        let rooms = Blueprint(configuration: configuration).roomDomains
        for (domain, dialects) in rooms {
            lines.append("  rooms     \(domain) (\(dialects.joined(separator: ", ")))")
        }
        let forgets = configuration.storage == .memory ? " (rooms and accounts in memory)" : ""
        lines.append("  data      \(configuration.data)\(forgets)")
        if server.hasOwnCertificate {
            lines.append("  TLS       a self-signed certificate: clients ask whether to trust it")
        }
        guard let account else { return lines }
        lines += [
            "", "A ready account, told only this once:",
            "  address   \(account.jid)", "  password  \(account.password)",
            "Log in with any XMPP client" + (rooms.first.map { " and join lounge@\($0.domain)" } ?? "") + ".",
            "More:       parlance account create NAME@\(configuration.domain)",
            "Forgotten:  parlance account password \(account.jid)", "",
        ]
        return lines
    }
}
