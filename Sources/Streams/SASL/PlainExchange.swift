// The server's side of PLAIN (RFC 4616), checked against stored SCRAM keys.

/// One PLAIN authentication. A name without an account goes the whole way with decoy keys.
struct PlainExchange: Sendable {
    private enum State: Sendable {
        case expectingMessage
        case finding(SASLIdentity, Password)
        case deriving(SASLIdentity, ScramKeys)
        case ended
    }

    private let context: SASLContext
    private var state = State.expectingMessage

    init(in context: SASLContext) {
        self.context = context
    }

    /// `[authzid] NUL authcid NUL passwd`.
    mutating func received(_ message: [UInt8]) -> SASLStep {
        guard case .expectingMessage = state else {
            state = .ended
            return .failed(SASLFailure(.malformedRequest))
        }
        state = .ended
        do throws(SASLFailure) {
            let (identity, password) = try read(message)
            state = .finding(identity, password)
            return .findCredentials(username: identity.username)
        } catch {
            return .failed(error)
        }
    }

    /// The credentials of the account, or nil where there is none.
    mutating func found(_ credentials: Credentials?) -> SASLStep {
        guard case .finding(let identity, let password) = state else {
            return .failed(SASLFailure(.temporaryAuthFailure))
        }
        let decoy = context.decoys.credentials(for: identity.username)
        let keys = (credentials ?? decoy).sha256
        state = .deriving(identity, keys)
        return .derive(
            KeyDerivation(password: password, salt: keys.salt, iterations: keys.iterations, hash: .sha256))
    }

    /// The keys of the password that was sent.
    mutating func derived(_ derived: ScramKeys) -> SASLStep {
        guard case .deriving(let identity, let stored) = state else {
            return .failed(SASLFailure(.temporaryAuthFailure))
        }
        state = .ended
        guard equalInConstantTime(derived.storedKey, stored.storedKey) else {
            return .failed(SASLFailure(.notAuthorized))
        }
        return .succeeded(identity.account, data: nil)
    }

    private func read(_ message: [UInt8]) throws(SASLFailure) -> (SASLIdentity, Password) {
        let parts = message.split(separator: 0, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[1].isEmpty, !parts[2].isEmpty,
            let authorization = String(validating: parts[0], as: UTF8.self),
            let username = String(validating: parts[1], as: UTF8.self),
            let secret = String(validating: parts[2], as: UTF8.self)
        else { throw SASLFailure(.malformedRequest) }
        let identity = try SASLIdentity(
            username: username, authorization: authorization.isEmpty ? nil : authorization, domain: context.domain)
        guard let password = Password(secret) else { throw SASLFailure(.notAuthorized) }
        return (identity, password)
    }
}
