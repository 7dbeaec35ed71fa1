// From the configuration to the parts of a house: services, domains, the account side, streams.

import Accounts
import DialectKit
import Host
import Network
import Rooms
import Storage
import Streams
import XMPP

/// What the configuration means for the layers below.
struct Blueprint {
    let configuration: ServerConfiguration

    /// Where the stanzas of each domain go. A domain without a served dialect is left out.
    var residences: [String: House.Residence] {
        var places: [String: House.Residence] = [configuration.domain: .accounts]
        for plan in configuration.services {
            for domain in served(plan) { places[domain.domain] = .rooms(service: plan.name) }
        }
        return places
    }

    private func served(_ plan: ServerConfiguration.ServicePlan) -> [ServerConfiguration.DomainPlan] {
        plan.domains.filter { $0.dialects.contains { $0.isServed } }
    }

    var services: [Service] {
        configuration.services.map { plan in
            let domains = served(plan)
            let faces = domains.map { domain in
                ServiceFacts.Domain(
                    name: domain.domain,
                    dialects: domain.dialects.filter { $0.isServed }.map { DialectID($0.rawValue) })
            }
            let tables = domains.map {
                ($0.domain, DialectTable($0.dialects(plan.groupchatJoin, plan.mixUndetermined)))
            }
            return Service(
                facts: ServiceFacts(name: plan.name, title: plan.title, domains: faces),
                dialects: Dictionary(tables) { first, _ in first },
                lobby: Lobby(
                    creation: plan.creation, localDomains: [configuration.domain],
                    operators: Set(configuration.operators)),
                roomLimits: configuration.limits.room, defaults: settings(plan.defaults),
                locksNewRooms: plan.defaults.isLocked)
        }
    }

    private func settings(_ defaults: ServerConfiguration.RoomDefaults) -> Settings {
        var settings = Settings()
        settings[.isPersistent] = .flag(defaults.isPersistent)
        settings[.isPublic] = .flag(defaults.isPublic)
        settings[.isArchived] = .flag(defaults.isArchived)
        settings[.maxOccupants] = .number(defaults.maxUsers)
        return settings
    }

    /// The domains that serve rooms, with the dialects spoken there.
    var roomDomains: [(domain: String, dialects: [String])] {
        configuration.services.flatMap(served).map { plan in
            (plan.domain, plan.dialects.filter { $0.isServed }.map(\.rawValue))
        }
    }

    func accounts(_ offload: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void) -> AccountsSetup {
        let items = configuration.services.flatMap { plan in
            served(plan).compactMap { domain in
                (try? JID(local: nil, domain: domain.domain, resource: nil)).map {
                    DiscoItems.Item(jid: $0, name: plan.title)
                }
            }
        }
        return AccountsSetup(
            domain: configuration.domain, services: items,
            isRegistrationOpen: configuration.registration == .open,
            version: (ParlanceVersion.name, ParlanceVersion.number), limits: configuration.limits.account,
            storage: configuration.limits.storage, archive: configuration.limits.room.archive, offload: offload)
    }

    func streams(_ decoys: DecoyCredentials) -> ClientStreamConfiguration {
        var limits = configuration.limits.stream
        limits.xml = configuration.limits.xml
        return ClientStreamConfiguration(
            domain: configuration.domain, encryption: configuration.tls.isRequired ? .required : .offered,
            plainOnLoopback: configuration.tls.plainOnLoopback,
            registration: configuration.registration == .open, decoys: decoys,
            sessionFeatures: accounts { $0() }.streamFeatures, limits: limits)
    }
}
