// Accounts made, changed and removed by their owners on the wire (XEP-0077).

import Host
import Logging
public import Storage
public import Streams
import XML
import XMPP

/// In-band registration: for strangers only where it is open; for owners, another password or the end.
struct Registration {
    private let setup: AccountsSetup

    init(_ setup: AccountsSetup) { self.setup = setup }

    // MARK: Strangers

    /// Answers somebody who has no account yet (XEP-0077 §3.1).
    func answer(
        stranger stanza: Stanza, isAllowed: Bool, on shard: isolated Shard,
        _ done: @escaping @Sendable (Stanza) -> Void
    ) {
        guard setup.isRegistrationOpen else { return done(stanza.error(StanzaError(.serviceUnavailable))) }
        guard stanza.type == .set, let query = stanza.payload.first else {
            return done(stanza.result([Self.fields]))
        }
        guard isAllowed else { return done(stanza.error(StanzaError(.resourceConstraint, type: .wait))) }
        guard let wish = try? wish(query) else { return done(stanza.error(StanzaError(.notAcceptable))) }
        let (store, now) = (shard.house.store, shard.loop.now)
        let randomBytes = shard.house.randomBytes
        setup.offload {
            guard let credentials = Storage.Credentials(wish.password, entropy: randomBytes) else {
                return done(stanza.error(StanzaError(.internalServerError, type: .wait)))
            }
            let record = AccountRecord(name: wish.name, credentials: credentials, created: now.milliseconds)
            store.createAccount(record) { created in
                switch created {
                case .success: done(stanza.result([]))
                case .failure(.conflict): done(stanza.error(StanzaError(.conflict)))
                case .failure: done(stanza.error(StanzaError(.internalServerError, type: .wait)))
                }
            }
        }
    }

    private static var fields: Element {
        Element("query", NS.register) {
            Element("instructions", NS.register) { "Choose a name and a password." }
            Element("username", NS.register)
            Element("password", NS.register)
        }
    }

    private func wish(_ query: Element) throws(JIDFault) -> (name: String, password: Password)? {
        guard let username = query.child("username", NS.register)?.text, !username.isEmpty,
            let text = query.child("password", NS.register)?.text, let password = Self.password(text, setup.limits)
        else { return nil }
        return try JID(local: username, domain: setup.domain, resource: nil).local.map { ($0, password) }
    }

    private static func password(_ text: String, _ limits: AccountLimits) -> Password? {
        text.isEmpty || text.utf8.count > limits.passwordBytes ? nil : Password(text)
    }

    // MARK: Owners

    /// Answers an authenticated client (XEP-0077 §3.2, §3.3).
    func answer(_ envelope: Envelope, on shard: isolated Shard) {
        let stanza = envelope.stanza
        guard let query = stanza.payload.first, let name = envelope.from.local, envelope.from.domain == setup.domain
        else { return refuse(.notAllowed, envelope, on: shard) }
        if stanza.type == .get {
            let registered = Element("query", NS.register) {
                Element("registered", NS.register)
                Element("username", NS.register) { name }
                Element("password", NS.register)
            }
            shard.reply(stanza.result([registered]), to: envelope)
            return shard.complete(envelope)
        }
        if query.child("remove", NS.register) != nil { return remove(name, envelope, on: shard) }
        guard query.child("username", NS.register)?.text == name,
            let text = query.child("password", NS.register)?.text, let password = Self.password(text, setup.limits)
        else { return refuse(.badRequest, envelope, on: shard) }
        change(name, to: password, envelope, on: shard)
    }

    private func refuse(_ condition: StanzaError.Condition, _ envelope: Envelope, on shard: isolated Shard) {
        shard.reply(envelope.stanza.error(StanzaError(condition)), to: envelope)
        shard.complete(envelope)
    }

    private func change(_ name: String, to password: Password, _ envelope: Envelope, on shard: isolated Shard) {
        let house = shard.house
        let home = house.shards[shard.index]
        setup.offload {
            let finish: @Sendable (Bool) -> Void = { isDone in
                home.loop.execute {
                    home.assumeIsolated { shard in
                        let answer =
                            isDone
                            ? envelope.stanza.result([])
                            : envelope.stanza.error(StanzaError(.internalServerError, type: .wait))
                        shard.reply(answer, to: envelope)
                        shard.complete(envelope)
                    }
                }
            }
            guard let credentials = Storage.Credentials(password, entropy: house.randomBytes) else {
                return finish(false)
            }
            house.store.setCredentials(credentials, of: name) { finish((try? $0.get()) != nil) }
        }
    }

    private func remove(_ name: String, _ envelope: Envelope, on shard: isolated Shard) {
        let house = shard.house
        let owner = envelope.from.bare
        house.store.deleteAccount(named: name) { deleted in
            house.shards[house.shard(of: owner)].loop.execute {
                house.shards[house.shard(of: owner)].assumeIsolated { shard in
                    guard case .success = deleted else {
                        let error = StanzaError(.internalServerError, type: .wait)
                        shard.reply(envelope.stanza.error(error), to: envelope)
                        return shard.complete(envelope)
                    }
                    shard.reply(envelope.stanza.result([]), to: envelope)
                    shard.complete(envelope)
                    shard.accountHall?.removed(owner, on: shard)
                }
            }
        }
    }
}

extension Storage.Credentials {
    /// Derives what is kept of a password; the password is not.
    ///
    /// - Parameter entropy: gives so many unpredictable bytes, for the salts.
    public init?(_ password: Password, entropy: (Int) -> [UInt8]) {
        guard let derived = try? Streams.Credentials.derive(password, entropy: entropy) else { return nil }
        self.init(sha1: ScramRecord(derived.sha1), sha256: ScramRecord(derived.sha256))
    }
}

extension ScramRecord {
    init(_ keys: ScramKeys) {
        self.init(salt: keys.salt, iterations: keys.iterations, storedKey: keys.storedKey, serverKey: keys.serverKey)
    }
}

extension ScramKeys {
    init(_ record: ScramRecord) {
        self.init(
            salt: record.salt, iterations: record.iterations, storedKey: record.storedKey,
            serverKey: record.serverKey)
    }
}

extension Streams.Credentials {
    init(_ stored: Storage.Credentials) {
        self.init(sha1: ScramKeys(stored.sha1), sha256: ScramKeys(stored.sha256))
    }
}
