// Every key of the configuration: declared once, read from here, documented from here.

import Logging
import Rooms
import XMPP

/// The declarations. Their order is that of the reference.
enum ConfigurationKeys {
    static let all = ConfigurationSection<ServerConfiguration>([
        .value("domain", \.domain, .domain, "The domain accounts live in."),
        .value(
            "data", \.data, .path,
            "The data folder, made if it is not there: store, keys, control socket. One server at a time has it."
        ),
        .value(
            "storage", \.storage, .choice,
            "Where rooms and accounts are kept: a file in the data folder, or memory, which ends with the server."),
        .value(
            "loops", \.loops, ValueForm.number(1...1_024).orNone("auto"),
            "Threads that share connections, rooms and accounts; `auto`: one for each core."),
        .list(
            "services", \.services, of: ServerConfiguration.ServicePlan(),
            fallback: "`main` under conference.DOMAIN [muc, groupchat, conference] and mix.DOMAIN [mix, mix-0.2.1, "
                + "mix-0.0.1]", service,
            "The services. Each is one set of rooms, shown under one or more domains. \(unspoken) A domain that has "
                + "no other dialects is not there yet."),
        .values("operators", \.operators, .account, "Accounts that may create rooms whatever `rooms.create` says."),
        .section("listen", \.listeners, fresh: ServerConfiguration.Listeners(), listen),
        .section("tls", \.tls, tls),
        .value(
            "registration", \.registration, .choice,
            "Who may make an account from a client (XEP-0077): nobody, everybody, those invited. **Not served yet:** "
                + "`invite`, which is taken as `closed`."
        ),
        .list(
            "components", \.components, of: ServerConfiguration.ComponentPlan(), fallback: "none", isServed: false,
            component, "Components that attach to this server (XEP-0114)."),
        .section("attach", \.attach, isServed: false, attach),
        .section("limits", \.limits, LimitKeys.all),
        .section("log", \.log, log),
    ])

    private static let service = ConfigurationSection<ServerConfiguration.ServicePlan>(
        required: ["domains"],
        [
            .value(
                "name", \.name, .name,
                "The name under which the rooms are stored. Rooms of a renamed service are not found any more."),
            .value("title", \.title, .text, "The name for people, in discovery."),
            .list(
                "domains", \.domains, of: ServerConfiguration.DomainPlan(), fallback: "",
                ConfigurationSection(
                    required: ["domain", "dialects"],
                    [
                        .value("domain", \.domain, .domain, "A domain under which the rooms are reached."),
                        .values(
                            "dialects", \.dialects, .choice, "The generations of group chat spoken there. \(unspoken)"),
                    ]), "The domains of the service: faces of the same rooms."),
            .value(
                "groupchat_join", \.groupchatJoin, .choice,
                "What a presence to room/nick without the MUC element is: an entry of 1999 (`accept`), a client of "
                    + "today that lost its room (`kick`), or told apart by what is known of the client (`auto`)."),
            .value(
                "mix_undetermined", \.mixUndetermined, .choice,
                "What clients of urn:xmpp:mix:0 are told as long as it is not known which draft they speak: both forms "
                    + "(`dual`), that of 0.2.1 (`v2`) or that of 0.0.1 (`v1`)."),
            .section("rooms", \.self, rooms),
        ])

    private static var unspoken: String {
        let names = ServerConfiguration.DialectName.allCases.filter { !$0.isServed }.map(\.rawValue)
        return names.isEmpty ? "" : "**Not served yet:** \(names.joined(separator: ", "))."
    }

    private static let rooms = ConfigurationSection<ServerConfiguration.ServicePlan>([
        .value(
            "create", \.creation, .choice,
            "Who may create rooms: anyone, accounts of this server, operators only (`admin`), nobody but operators."),
        .section(
            "default", \.defaults,
            ConfigurationSection([
                .value("persistent", \.isPersistent, .flag, "New rooms stay when the last occupant leaves."),
                .value("public", \.isPublic, .flag, "New rooms stand in the directory."),
                .value("archived", \.isArchived, .flag, "New rooms keep their messages."),
                .value("locked", \.isLocked, .flag, "New rooms wait for their owner's configuration (MUC)."),
                .value(
                    "max_users", \.maxUsers, ValueForm.number(1...20_000).orNone("none"),
                    "How many people a new room takes."),
            ])),
    ])

    private static let listen = ConfigurationSection<ServerConfiguration.Listeners>([
        .list(
            "c2s", \.c2s, of: ServerConfiguration.ClientListener(),
            fallback: "127.0.0.1:5222 with STARTTLS where `listen` is not written; none where it is",
            ConfigurationSection(
                required: ["address"],
                [
                    .value("address", \.place, ValueForm.place.orNone(), "Where clients arrive."),
                    .value("tls", \.security, .choice, "TLS after a word in the clear, or from the first byte."),
                ]), "Ports for clients."),
        .list(
            "s2s", \.s2s, of: ServerConfiguration.PeerListener(), fallback: "none", isServed: false, peer,
            "Ports for other servers."),
        .list(
            "component", \.component, of: ServerConfiguration.PeerListener(), fallback: "none", isServed: false, peer,
            "Ports for components (XEP-0114)."),
    ])

    private static let peer = ConfigurationSection<ServerConfiguration.PeerListener>(
        required: ["address"],
        [.value("address", \.place, ValueForm.place.orNone(), isServed: false, "Where they arrive.")])

    private static let tls = ConfigurationSection<ServerConfiguration.TLSPlan>([
        .value(
            "certificate", \.certificate, ValueForm.path.orNone(),
            "The certificate with its chain, PEM. Without it the server makes a self-signed one in the data folder."),
        .value("key", \.key, ValueForm.path.orNone(), "The certificate's key, PEM."),
        .value(
            "require", \.isRequired, .flag,
            "Clients have to use TLS. If false TLS is offered and not demanded; PLAIN needs it even then."),
        .value(
            "plain_on_loopback", \.plainOnLoopback, .flag,
            "Clients on 127/8 and ::1 need no TLS and may use PLAIN without it."),
    ])

    private static let component = ConfigurationSection<ServerConfiguration.ComponentPlan>(
        required: ["domain", "secret_env"],
        [
            .value("domain", \.domain, .domain, isServed: false, "The component's domain."),
            .value(
                "secret_env", \.secretVariable, .variable, isServed: false,
                "The environment variable that holds the shared secret."),
        ])

    private static let attach = ConfigurationSection<ServerConfiguration.AttachPlan>([
        .value(
            "server", \.server, ValueForm.place.orNone(), isServed: false,
            "The component port of the server to attach to: rooms for the accounts of another server."),
        .value("domain", \.domain, .domain, isServed: false, "The domain of the rooms there."),
        .value(
            "secret_env", \.secretVariable, .variable, isServed: false,
            "The environment variable that holds the shared secret."),
    ])

    private static let log = ConfigurationSection<ServerConfiguration.LogPlan>([
        .value("level", \.level, .choice, "The least important line that is written to standard error."),
        .value("format", \.format, .choice, "A line for people, or one JSON object a line."),
    ])
}
