// What may be asked of an account: one handler for each (type, namespace, name), from which disco features follow.

import Host
import XML
import XMPP

/// The requests that an account's bare JID answers (law 11; RFC 6121 §8.5.2.1.3).
struct AccountTable: Sendable {
    /// Who may ask.
    enum Asker: Sendable {
        /// The account's own resources; to anybody else the account does not serve this.
        case owner
        case anyone
    }

    /// An IQ request to an account.
    struct Request: Sendable {
        let envelope: Envelope
        /// The one child of the IQ.
        let element: Element
        /// Whether a resource of the account itself asks.
        let isOwn: Bool

        var stanza: Stanza { envelope.stanza }
    }

    typealias Handler = @Sendable (Request, AccountLoop, isolated Shard) -> Void

    private struct Key: Hashable {
        let type: StanzaType
        let name: String
        let namespace: String
    }

    private var handlers: [Key: (asker: Asker, handler: Handler)] = [:]
    /// What disco#info of an account says because of the handlers, in order of registration.
    private(set) var features: [String] = []
    /// What disco#info of the server says because of them.
    private(set) var hostFeatures: [String] = []

    /// Everything an account serves.
    static let standard: AccountTable = {
        var table = AccountTable()
        RosterDesk.register(in: &table)
        CarbonsDesk.register(in: &table)
        ArchiveDesk.register(in: &table)
        BlockDesk.register(in: &table)
        AccountDisco.register(in: &table)
        PEPDesk.register(in: &table)
        VCardDesk.register(in: &table)
        PrivateDesk.register(in: &table)
        ChannelDesk.register(in: &table)
        return table
    }()

    /// Adds a handler; a second one for the same request is a programmer's error and stops the start.
    ///
    /// - Parameter feature: what disco#info of the account says when this is served; nil: nothing.
    /// - Parameter hostFeature: what disco#info of the server says.
    mutating func on(
        _ type: StanzaType, _ name: String, _ namespace: String, from asker: Asker, feature: String? = nil,
        hostFeature: String? = nil, _ handler: @escaping Handler
    ) {
        let key = Key(type: type, name: name, namespace: namespace)
        precondition(handlers[key] == nil, "two handlers for \(type) \(namespace) \(name)")
        handlers[key] = (asker, handler)
        offer(feature: feature, hostFeature: hostFeature)
    }

    /// Adds what disco#info of the account and of the server says, where no request goes with it.
    mutating func offer(feature: String? = nil, hostFeature: String? = nil) {
        if let feature, !features.contains(feature) { features.append(feature) }
        if let hostFeature, !hostFeatures.contains(hostFeature) { hostFeatures.append(hostFeature) }
    }

    /// Adds features to what disco#info of the account says.
    mutating func offer(_ more: [String]) {
        for feature in more where !features.contains(feature) { features.append(feature) }
    }

    /// Answers an IQ to the bare JID of an account; what nobody serves, or not for this asker, is
    /// `service-unavailable`.
    func answer(_ envelope: Envelope, at account: AccountLoop, on shard: isolated Shard) {
        let stanza = envelope.stanza
        guard stanza.type == .get || stanza.type == .set, let element = stanza.payload.first else { return }
        let isOwn = envelope.from.bare == account.jid
        let key = Key(type: stanza.type, name: element.name, namespace: element.namespace)
        guard let (asker, handler) = handlers[key], asker == .anyone || isOwn else {
            return account.refuse(envelope, StanzaError(.serviceUnavailable))
        }
        handler(Request(envelope: envelope, element: element, isOwn: isOwn), account, shard)
    }
}
