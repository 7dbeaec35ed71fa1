// The vCard of an account: everybody reads it, its owner writes it.

import Host
import Storage
import XML
import XMPP

/// Answers requests for the vCard (XEP-0054).
enum VCardDesk {
    static func register(in table: inout AccountTable) {
        table.on(.get, "vCard", NS.vcard, from: .anyone, feature: NS.vcard, hostFeature: NS.vcard) {
            request, account, shard in
            // to others an account without a vCard is like none
            let error = request.isOwn ? StanzaError(.itemNotFound) : StanzaError(.serviceUnavailable)
            account.answer(request, fromSlot: NS.vcard, otherwise: error, on: shard) { $0 }
        }
        table.on(.set, "vCard", NS.vcard, from: .owner) { request, account, _ in
            account.keep([(NS.vcard, request.element)], for: request)
        }
    }
}

extension AccountLoop {
    /// Answers a request with what is kept in a slot.
    ///
    /// - Parameter error: answers it if nothing is.
    /// - Parameter payload: what of that the answer carries.
    func answer(
        _ request: AccountTable.Request, fromSlot slot: String, otherwise error: StanzaError,
        on shard: isolated Shard, _ payload: @escaping @Sendable (Element) -> Element
    ) {
        guard state.slots.contains(slot) else { return refuse(request.envelope, error) }
        let name = name
        ask(on: shard, { store, done in store.slot(slot, of: name, done) }) { found, account, _ in
            guard case .success(let bytes?) = found, let element = try? Element(parsing: bytes, in: "") else {
                return account.refuse(request.envelope, StanzaError(.internalServerError, type: .wait))
            }
            account.reply(request.stanza.result([payload(element)]), to: request.envelope)
        }
    }

    /// Keeps elements in slots, all or none, and answers the request.
    ///
    /// - Parameter more: what else happens then.
    func keep(
        _ elements: [(slot: String, element: Element)], for request: AccountTable.Request, _ more: () -> Void = {}
    ) {
        let kept = elements.map { ($0.slot, $0.element.bytes(in: "")) }
        guard kept.allSatisfy({ $0.1.count <= setup.limits.slotBytes }) else {
            return refuse(request.envelope, StanzaError(.notAcceptable))
        }
        let slots = state.slots.union(kept.map(\.0))
        guard slots.count <= setup.storage.slots || slots == state.slots else {
            return refuse(request.envelope, StanzaError(.resourceConstraint, type: .wait))
        }
        state.slots = slots
        for (slot, bytes) in kept { write(.slot(slot, bytes)) }
        reply(request.stanza.result([]), to: request.envelope)
        more()
    }
}
