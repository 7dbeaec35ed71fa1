// The server's side of SCRAM (RFC 5802 §3, §5, §6).

/// One SCRAM authentication. A name without an account goes the whole way with decoy keys.
struct ScramExchange: Sendable {
    private enum State: Sendable {
        case expectingFirst
        case finding(ScramClientFirst, SASLIdentity)
        case expectingFinal(Challenge)
        case ended
    }

    /// What was said in the server's first message, and to whom.
    private struct Challenge: Sendable {
        let first: ScramClientFirst
        let identity: SASLIdentity
        let keys: ScramKeys
        let nonce: [UInt8]
        /// server-first-message.
        let message: [UInt8]
    }

    private let hash: ScramHash
    private let withBinding: Bool
    private let context: SASLContext
    private let nonce: String
    private var state = State.expectingFirst

    /// - Parameters:
    ///   - withBinding: whether the client chose the -PLUS form.
    ///   - nonce: the server's part of the nonce: printable ASCII without comma, from at least 128 random bits.
    init(_ hash: ScramHash, withBinding: Bool, in context: SASLContext, nonce: String) {
        self.hash = hash
        self.withBinding = withBinding
        self.context = context
        self.nonce = nonce
    }

    /// client-first-message or client-final-message.
    mutating func received(_ message: [UInt8]) -> SASLStep {
        let before = state
        state = .ended
        do throws(SASLFailure) {
            switch before {
            case .expectingFirst:
                let (first, identity) = try read(message)
                state = .finding(first, identity)
                return .findCredentials(username: identity.username)
            case .expectingFinal(let challenge):
                return try verify(message, against: challenge)
            case .finding, .ended:
                throw SASLFailure(.malformedRequest)
            }
        } catch {
            return .failed(error)
        }
    }

    /// The credentials of the account, or nil where there is none.
    mutating func found(_ credentials: Credentials?) -> SASLStep {
        guard case .finding(let first, let identity) = state else { return .failed(SASLFailure(.temporaryAuthFailure)) }
        // The decoy is made in either case, so that it costs no time which would tell.
        let decoy = context.decoys.credentials(for: identity.username)
        let keys = (credentials ?? decoy)[hash]
        let whole = first.nonce + Array(nonce.utf8)
        let message =
            Array("r=".utf8) + whole + Array(",s=\(Base64.encode(keys.salt)),i=\(keys.iterations)".utf8)
        state = .expectingFinal(
            Challenge(first: first, identity: identity, keys: keys, nonce: whole, message: message))
        return .challenge(message)
    }

    private func read(_ message: [UInt8]) throws(SASLFailure) -> (ScramClientFirst, SASLIdentity) {
        guard let first = ScramClientFirst(message) else { throw SASLFailure(.malformedRequest) }
        switch first.flag {
        case .unsupported:
            guard !withBinding else { throw SASLFailure(.malformedRequest) }
        case .notOffered:
            // Somebody took the -PLUS mechanisms out of our list on its way (RFC 5802 §6).
            guard !withBinding else { throw SASLFailure(.malformedRequest) }
            guard context.bindings.isEmpty else {
                throw SASLFailure(.notAuthorized, "server-does-support-channel-binding")
            }
        case .used(let type):
            guard withBinding else { throw SASLFailure(.malformedRequest) }
            guard context.bindings.contains(where: { $0.type.rawValue == type }) else {
                throw SASLFailure(.notAuthorized, "unsupported-channel-binding-type")
            }
        }
        let identity = try SASLIdentity(
            username: first.username, authorization: first.authorization, domain: context.domain)
        return (first, identity)
    }

    private func verify(_ message: [UInt8], against challenge: Challenge) throws(SASLFailure) -> SASLStep {
        guard let final = ScramClientFinal(message), final.proof.count == hash.byteCount else {
            throw SASLFailure(.malformedRequest)
        }
        guard final.nonce == challenge.nonce else { throw SASLFailure(.notAuthorized) }
        guard final.binding == challenge.first.header + bindingData(challenge.first.flag) else {
            throw SASLFailure(.notAuthorized, "channel-bindings-dont-match")
        }
        let keys = challenge.keys
        let comma = [UInt8(ascii: ",")]
        let signed = challenge.first.bare + comma + challenge.message + comma + final.withoutProof
        let signature = hash.authenticate(signed, key: keys.storedKey)
        let clientKey = zip(final.proof, signature).map { $0 ^ $1 }
        guard equalInConstantTime(hash.digest(clientKey), keys.storedKey) else { throw SASLFailure(.notAuthorized) }
        let verifier = Base64.encode(hash.authenticate(signed, key: keys.serverKey))
        return .succeeded(challenge.identity.account, data: Array("v=\(verifier)".utf8))
    }

    private func bindingData(_ flag: ScramBindingFlag) -> [UInt8] {
        guard case .used(let type) = flag else { return [] }
        return context.bindings.first { $0.type.rawValue == type }?.data ?? []
    }
}
