// The reference of the configuration, written from the declarations.

/// Writes `Documentation/configuration.md`.
public enum ConfigurationReference {
    /// The whole document, Markdown.
    public static var document: String {
        let entries = ConfigurationKeys.all.entries(below: "", ServerConfiguration())
        var titles: [String] = [""]
        for title in entries.map({ section(of: $0.path) }) where !titles.contains(title) { titles.append(title) }
        let sections = titles.map { title in
            let items = entries.filter { section(of: $0.path) == title }.map(item)
            return "## \(title.isEmpty ? "At the top" : "`\(title)`")\n\n" + items.joined(separator: "\n")
        }
        return head + sections.joined(separator: "\n\n") + "\n"
    }

    /// The table a key stands in: its first name, of a limit its first two.
    private static func section(of path: String) -> String {
        let names = path.split(separator: ".")
        if names.count == 1 { return "" }
        return names.prefix(names.first == "limits" && names.count > 2 ? 2 : 1).joined(separator: ".")
    }

    private static func item(_ entry: KeyEntry) -> String {
        var facts = [entry.type]
        switch entry.fallback {
        case "": break
        case "required": facts.append("required")
        default: facts.append("default \(entry.fallback.contains("`") ? entry.fallback : "`\(entry.fallback)`")")
        }
        if entry.isOverridable { facts.append("`\(ConfigurationReading.variable(for: entry.path))`") }
        let mark = entry.isServed ? "" : " **Not served yet.**"
        return "* `\(entry.path)`: \(facts.joined(separator: "; ")).\n  \(entry.words)\(mark)"
    }

    /// A configuration with every table, as an example; it is read in a test.
    static let example = """
        domain: example.org
        data: /var/lib/parlance
        services:
          - name: main
            domains:
              - { domain: conference.example.org, dialects: [muc, groupchat] }
              - { domain: mix.example.org, dialects: [mix, mix-0.2.1, mix-0.0.1] }
            groupchat_join: auto
            rooms: { create: local, default: { public: false, max_users: 500 } }
        listen:
          c2s:
            - { address: 0.0.0.0:5222, tls: starttls }
            - { address: "[::]:5223", tls: direct }
        tls: { certificate: /etc/parlance/chain.pem, key: /etc/parlance/key.pem }
        registration: closed
        limits: { room: { history_messages: 50 }, account: { resources_per_account: 8 } }
        log: { level: notice, format: json }
        """

    private static let head = """
        # Configuration

        One YAML file, given with `--config`. Without one the server is for this machine alone: domain `localhost`,
        clients on 127.0.0.1:5222, data in `./data`. This page is generated from the declarations in
        [ConfigurationKeys.swift](../Sources/Server/Configuration/ConfigurationKeys.swift) and
        [LimitKeys.swift](../Sources/Server/Configuration/LimitKeys.swift), and compared with them in a test.

        ```yaml
        \(example)
        ```

        * An unknown key is refused with its line, its column and the nearest known name; `parlance check` looks at the
          rest.
        * Relative paths in the file start at the file's folder; those of environment variables and of `--data` where
          the command is given.
        * A value outside lists can be overridden by the environment variable named with it.
        * What is marked as not served yet may stand in a file; a warning at the start names it.


        """
}
