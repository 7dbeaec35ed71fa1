// The resources of an account: how they come, show themselves, and go (RFC 6120 §7, RFC 6121 §4).

import DialectKit
import Host
import XML
import XMPP

extension AccountLoop {
    /// A client that wants a resource. `done` is told when it has it, with the addresses it hears nothing of, or why
    /// not.
    struct Opening: Sendable {
        let jid: JID
        let port: Port
        let done: @Sendable (Result<Blocklist, StanzaError>) -> Void
    }

    func open(_ opening: Opening, on shard: isolated Shard) {
        switch existence {
        case .present: break
        case .missing: return answer(opening, StanzaError(.notAuthorized))
        case .unknown, .unreadable: return answer(opening, StanzaError(.internalServerError, type: .wait))
        }
        guard isConnected(opening.port) else { return }
        if let former = state[opening.jid] { return replace(former, for: opening, on: shard) }
        guard state.resources.count < setup.limits.resourcesPerAccount else {
            return answer(opening, StanzaError(.resourceConstraint, type: .wait))
        }
        state.resources.append(Resource(opening.jid, at: opening.port))
        let blocklist = state.blocklist
        outbox.add(.work { _ in opening.done(.success(blocklist)) })
    }

    private func answer(_ opening: Opening, _ error: StanzaError) {
        outbox.add(.work { _ in opening.done(.failure(error)) })
    }

    /// Another client that has the resource gives way (RFC 6120 §7.7.2.2), and is gone before its successor may speak:
    /// a tick after it went, its farewells are on their way to every room, ahead of whatever follows.
    private func replace(_ former: Resource, for opening: Opening, on shard: isolated Shard) {
        waitingForResource.append(opening)
        remove(former, Stanza.presence(type: .unavailable, from: former.jid), on: shard)
        let (home, name, port) = (shard.index, name, opening.port)
        outbox.add(
            .work { shard in
                shard.ask(Int(former.port.shard)) { shard in
                    (shard.outlet(at: former.port) as? Session)?.terminate(StreamErrors.replaced, on: shard)
                    shard.ask(shard.index) { shard in
                        shard.ask(home) { home in home.accountHall?.known(name)?.admit(port, on: home) }
                    }
                }
            })
    }

    /// Nobody stands in the way of this client any more.
    private func admit(_ port: Port, on shard: isolated Shard) {
        guard let index = waitingForResource.firstIndex(where: { $0.port == port }) else { return }
        post(.opening(waitingForResource.remove(at: index)), on: shard)
    }

    /// A client is gone, or no longer wants the resource it asked for.
    func close(_ full: JID, at port: Port, _ farewell: Stanza, on shard: isolated Shard) {
        waitingForResource.removeAll { $0.port == port }
        guard let resource = state[full], resource.port == port else { return }
        remove(resource, farewell, on: shard)
    }

    private func remove(_ resource: Resource, _ farewell: Stanza, on shard: isolated Shard) {
        var resource = resource
        dismiss(&resource, with: farewell)
        state[resource.jid] = nil
        if resource.isAvailable { announce(farewell, on: shard) }
    }

    // MARK: Who is there

    /// Those to which presence for the account goes.
    var available: [Resource] { state.resources.filter { $0.isAvailable && isConnected($0.port) } }

    /// Those to which messages for the account go: available, and not of negative priority (RFC 6121 §8.5.2.1).
    var ready: [Resource] { available.filter(\.isReady) }

    /// The resource of a full JID, connected and perhaps not available.
    func resource(_ full: JID) -> Resource? {
        state[full].flatMap { isConnected($0.port) ? $0 : nil }
    }
}
