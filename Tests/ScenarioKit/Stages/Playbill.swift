// What both stages give the house: domains, services, how streams are treated, and the accounts of the cast.

import Accounts
import DialectKit
import Groupchat
import Host
import MIX
import MUC
import Rooms
package import Storage
package import Streams
package import XMPP

/// The plain facts of every performance.
package enum Playbill {
    /// The domain of the accounts.
    package static let accountDomain = "witches.example"
    /// When every play begins: 12 October 2026, 23:58:37 UTC.
    package static let opening = Moment(milliseconds: 1_791_849_517_000)
    /// Rounds of the passwords' keys: few, because thousands of clients log in.
    static let rounds = 32

    /// The service that a scenario asks for: its rooms under one domain, the same as channels under another, or all
    /// under one.
    static func service(
        _ options: ServiceOptions, rooms: String, channels: String, _ decorate: (any Dialect) -> any Dialect
    ) -> Service {
        let older = options.dialects.compactMap { dialect -> (any Dialect)? in
            switch dialect {
            case .muc: MUCDialect(legacyInvitations: options.dialects.contains(.groupchat))
            case .groupchat: GroupchatDialect(policy: options.groupchatJoin)
            case .mix, .mixCore0, .mix021, .mix001, .mix0: nil
            }
        }
        let faces = options.faces(older, mix(options), rooms: rooms, channels: channels)
        return Service(
            facts: ServiceFacts(
                name: "main", title: "The heath",
                domains: faces.map { ServiceFacts.Domain(name: $0.domain, dialects: $0.dialects.map(\.id)) }),
            dialects: Dictionary(
                uniqueKeysWithValues: faces.map { ($0.domain, DialectTable($0.dialects.map(decorate))) }),
            lobby: Lobby(creation: options.creation, localDomains: [accountDomain]), roomLimits: options.limits,
            locksNewRooms: options.locksNewRooms)
    }

    /// The grammars of MIX: what is current is spoken in both of its namespaces, and where both drafts are spoken,
    /// somebody may not have shown yet which.
    private static func mix(_ options: ServiceOptions) -> [any Dialect] {
        var grammars: [Grammar] = []
        if options.mixDialects.contains(.mix) { grammars += [.current, .core0] }
        if options.mixDialects.contains(.mix021) { grammars.append(.v021) }
        if options.mixDialects.contains(.mix001) { grammars.append(.v001) }
        if grammars.contains(.v021), grammars.contains(.v001) { grammars.append(.undetermined) }
        guard !grammars.isEmpty else { return [] }
        let undetermined: MIXDialect.Undetermined =
            switch options.undetermined {
            case .dual: .dual
            case .v2: .v2
            case .v1: .v1
            }
        return MIXDialect.family(grammars, undetermined: undetermined)
    }

    static func accounts(
        services: [String], offload: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void
    ) -> AccountsSetup {
        let items = services.compactMap { try? JID(local: nil, domain: $0, resource: nil) }
            .map { DiscoItems.Item(jid: $0, name: "The heath") }
        return AccountsSetup(
            domain: accountDomain, services: items, version: ("Parlance", "scenario"), offload: offload)
    }

    package static func streams(decoySecret: [UInt8]) -> ClientStreamConfiguration {
        ClientStreamConfiguration(
            domain: accountDomain, plainOnLoopback: true,
            decoys: DecoyCredentials(secret: decoySecret, iterations: rounds),
            sessionFeatures: accounts(services: [], offload: { $0() }).streamFeatures)
    }

    /// What the house keeps of a member of the cast.
    package static func record(of login: Login, entropy: (Int) -> [UInt8]) throws -> AccountRecord {
        guard let password = Password(login.password) else { throw StageFault("no password: \(login.password)") }
        let keys = try Streams.Credentials.derive(password, iterations: rounds, entropy: entropy)
        let (sha1, sha256) = (keys.sha1, keys.sha256)
        return AccountRecord(
            name: login.local,
            credentials: Storage.Credentials(
                sha1: ScramRecord(
                    salt: sha1.salt, iterations: sha1.iterations, storedKey: sha1.storedKey, serverKey: sha1.serverKey),
                sha256: ScramRecord(
                    salt: sha256.salt, iterations: sha256.iterations, storedKey: sha256.storedKey,
                    serverKey: sha256.serverKey)),
            created: opening.milliseconds)
    }
}

extension ServiceOptions {
    /// The domains with what is spoken there.
    fileprivate func faces(
        _ older: [any Dialect], _ mix: [any Dialect], rooms: String, channels: String
    ) -> [(domain: String, dialects: [any Dialect])] {
        if isOneDomain { return [(rooms, older + mix)] }
        return [(rooms, older)] + (mix.isEmpty ? [] : [(channels, mix)])
    }
}
