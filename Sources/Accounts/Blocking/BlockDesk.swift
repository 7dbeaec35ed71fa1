// What a client asks of its block list, and what follows for everybody (XEP-0191 §3).

import Host
import Storage
import XMPP

/// Answers requests about the block list, and makes changes felt: sessions refuse what goes out, contacts and rooms see
/// the account go or come.
enum BlockDesk {
    static func register(in table: inout AccountTable) {
        table.on(.get, "blocklist", NS.blocking, from: .owner, feature: NS.blocking, hostFeature: NS.blocking) {
            request, account, _ in
            account.state[request.envelope.from]?.hearsOfBlocks = true
            account.reply(request.stanza.result([account.state.blocklist.element]), to: request.envelope)
        }
        for name in ["block", "unblock"] {
            table.on(.set, name, NS.blocking, from: .owner) { request, account, shard in
                change(request, account, on: shard)
            }
        }
    }

    private static func change(_ request: AccountTable.Request, _ account: AccountLoop, on shard: isolated Shard) {
        do throws(StanzaError) {
            let wish = try Blocklist.Request(reading: request.element)
            try account.change(wish, on: shard)
            account.reply(request.stanza.result([]), to: request.envelope)
        } catch {
            account.refuse(request.envelope, error)
        }
    }
}

extension AccountLoop {
    /// Changes the block list.
    ///
    /// - Throws: `resource-constraint` where it would become too long.
    fileprivate func change(_ wish: Blocklist.Request, on shard: isolated Shard) throws(StanzaError) {
        let before = state.blocklist
        var list = before
        list.apply(wish)
        guard list.addresses.count <= setup.storage.blockedAddresses else {
            throw StanzaError(.resourceConstraint, type: .wait, text: "The block list is full.")
        }
        let (added, removed) = (
            list.addresses.subtracting(before.addresses), before.addresses.subtracting(list.addresses)
        )
        for address in added.sorted() { write(.block(address.description)) }
        for address in removed.sorted() { write(.unblock(address.description)) }
        state.blocklist = list
        handToSessions(list)
        showOrHide(before, list)
        attendAll(on: shard)
        push(wish)
    }

    private func handToSessions(_ list: Blocklist) {
        for resource in state.resources {
            let port = resource.port
            outbox.add(
                .work { shard in
                    shard.ask(Int(port.shard)) { shard in Session.at(port, on: shard)?.take(list, on: shard) }
                })
        }
    }

    /// Those who see the account's presence see it go when they are blocked, and come when they no longer are
    /// (XEP-0191 §3.3, §3.4).
    private func showOrHide(_ before: Blocklist, _ after: Blocklist) {
        for contact in state.contacts.subscribers {
            let (was, isNow) = (before.blocks(contact), after.blocks(contact))
            guard was != isNow else { continue }
            for resource in available {
                guard var presence = resource.presence else { continue }
                if isNow { presence = .presence(type: .unavailable, from: resource.jid) }
                presence.to = contact
                route(presence)
            }
        }
    }

    private func push(_ wish: Blocklist.Request) {
        for resource in state.resources where resource.hearsOfBlocks {
            let push = Stanza.iq(
                type: .set, id: "block-\(state.blocklist.changes)", to: resource.jid, payload: [wish.element])
            pass(push.bytes, to: resource)
        }
    }
}
