// One SASL authentication from its first message to its end, whatever carries it (RFC 4422 §3).

import XMPP

/// What all exchanges of a stream have in common.
struct SASLContext: Sendable {
    /// The domain accounts live in.
    let domain: String
    /// The channel bindings the TLS session has data for, which are those we offer.
    let bindings: [ChannelBinding]
    /// Stand in for accounts that do not exist.
    let decoys: DecoyCredentials
}

/// What is to be done next in an exchange.
enum SASLStep: Sendable, Equatable {
    /// Send this challenge and wait for the response.
    case challenge([UInt8])
    /// Find the credentials of this account (a prepared localpart) and call `found`.
    case findCredentials(username: String)
    /// Derive these keys and call `derived`.
    case derive(KeyDerivation)
    /// The client is who it says; `data` goes with the success.
    case succeeded(JID, data: [UInt8]?)
    /// It is not, or could not prove it.
    case failed(SASLFailure)
}

/// One authentication in progress.
enum SASLExchange: Sendable {
    case scram(ScramExchange)
    case plain(PlainExchange)

    /// Begins an exchange; `nonce` is the server's part of a SCRAM nonce.
    init(_ mechanism: SASLMechanism, in context: SASLContext, nonce: String) {
        switch mechanism {
        case .scram(let hash, let binding):
            self = .scram(ScramExchange(hash, withBinding: binding, in: context, nonce: nonce))
        case .plain:
            self = .plain(PlainExchange(in: context))
        }
    }

    /// A message of the client came.
    mutating func received(_ message: [UInt8]) -> SASLStep {
        change({ $0.received(message) }, { $0.received(message) })
    }

    /// The credentials that were asked for; nil where there is no such account.
    mutating func found(_ credentials: Credentials?) -> SASLStep {
        change({ $0.found(credentials) }, { $0.found(credentials) })
    }

    /// The keys whose derivation was asked for.
    mutating func derived(_ keys: ScramKeys) -> SASLStep {
        change({ _ in .failed(SASLFailure(.temporaryAuthFailure)) }, { $0.derived(keys) })
    }

    private mutating func change(
        _ scram: (inout ScramExchange) -> SASLStep, _ plain: (inout PlainExchange) -> SASLStep
    ) -> SASLStep {
        switch self {
        case .scram(var exchange):
            defer { self = .scram(exchange) }
            return scram(&exchange)
        case .plain(var exchange):
            defer { self = .plain(exchange) }
            return plain(&exchange)
        }
    }
}

/// Who a client claims to be, checked as far as that can be done without its credentials.
struct SASLIdentity: Sendable, Equatable {
    /// The account: a bare JID of our domain.
    let account: JID
    /// Its localpart.
    let username: String

    /// - Throws: not-authorized for a name no account can have, invalid-authzid for a wish to act as somebody else
    ///   (RFC 6120 §6.3.8: an authorization identity is the account's bare JID, or absent).
    init(username: String, authorization: String?, domain: String) throws(SASLFailure) {
        guard let account = try? JID(local: username, domain: domain, resource: nil), let local = account.local else {
            throw SASLFailure(.notAuthorized)
        }
        if let authorization {
            guard let wished = try? JID(authorization), wished == account else { throw SASLFailure(.invalidAuthzid) }
        }
        self.account = account
        self.username = local
    }
}
