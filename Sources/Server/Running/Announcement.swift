// What a started server tells on standard output.

/// The lines before `READY`.
public enum Announcement {
    /// - Parameters:
    ///   - account: one that was just made, whose password is told now and never again.
    ///   - program: how the program was called, so that the commands told can be given as they stand.
    public static func lines(
        _ server: ParlanceServer, account: ReadyAccount?, program: String = CommandLine.arguments[0]
    ) -> [String] {
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
        if let fingerprint = server.ownFingerprint {
            lines.append("  TLS       a self-signed certificate: clients ask whether to trust it")
            lines.append("  SHA-256   \(fingerprint)")
        }
        guard let account else { return lines }
        lines += [
            "", "A ready account, told only this once:",
            "  address   \(account.jid)", "  password  \(account.password)", "Log in with any XMPP client.",
        ]
        if let domain = rooms.first?.domain { lines += invitation(to: domain, configuration) }
        let place = configuration.data == ServerConfiguration().data ? "" : " --data \(quoted(configuration.data))"
        lines += [
            "More:       \(quoted(program)) account create NAME@\(configuration.domain)\(place)",
            "Forgotten:  \(quoted(program)) account password \(account.jid)\(place)", "",
        ]
        return lines
    }

    /// How to get to a room, and others into it.
    private static func invitation(to domain: String, _ configuration: ServerConfiguration) -> [String] {
        var lines = ["Rooms:      join any name at \(domain), like lounge@\(domain): that makes the room."]
        let plan = configuration.services.first { $0.domains.contains { $0.domain == domain } }
        if plan?.defaults.isLocked == true {
            lines.append("            It opens to others when you accept its configuration (profanity: /room accept).")
        }
        return lines
    }

    /// A word for the shell.
    static func quoted(_ word: String) -> String {
        let isPlain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+:@%,=".contains($0)) }
        return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }
}
