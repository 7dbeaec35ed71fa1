// The defined conditions of stanza errors, their usual types and their old numbers.

extension StanzaError {
    /// What went wrong: the conditions of RFC 6120 §8.3.3, and `payment-required` of RFC 3920 §9.3.3.
    public enum Condition: String, Sendable, CaseIterable {
        /// Malformed XML or something that cannot be processed (RFC 6120 §8.3.3.1).
        case badRequest = "bad-request"
        /// A name or resource is taken (RFC 6120 §8.3.3.2).
        case conflict
        /// Understood, but not implemented (RFC 6120 §8.3.3.3).
        case featureNotImplemented = "feature-not-implemented"
        /// The sender has not the permission (RFC 6120 §8.3.3.4).
        case forbidden
        /// The address is no longer in use (RFC 6120 §8.3.3.5).
        case gone
        /// The server has a misconfiguration or a fault of its own (RFC 6120 §8.3.3.6).
        case internalServerError = "internal-server-error"
        /// What is addressed does not exist (RFC 6120 §8.3.3.7).
        case itemNotFound = "item-not-found"
        /// An address breaks the rules of addresses (RFC 6120 §8.3.3.8).
        case jidMalformed = "jid-malformed"
        /// Understood, but does not meet the recipient's criteria (RFC 6120 §8.3.3.9).
        case notAcceptable = "not-acceptable"
        /// Nobody may do this (RFC 6120 §8.3.3.10).
        case notAllowed = "not-allowed"
        /// Credentials are needed first (RFC 6120 §8.3.3.11).
        case notAuthorized = "not-authorized"
        /// Payment is needed first (RFC 3920 §9.3.3); read from old entities.
        case paymentRequired = "payment-required"
        /// It breaks a local policy (RFC 6120 §8.3.3.12).
        case policyViolation = "policy-violation"
        /// The recipient is not there for now (RFC 6120 §8.3.3.13).
        case recipientUnavailable = "recipient-unavailable"
        /// Ask another entity instead, usually for now (RFC 6120 §8.3.3.14).
        case redirect
        /// Registration is needed first (RFC 6120 §8.3.3.15).
        case registrationRequired = "registration-required"
        /// The remote domain does not exist or cannot be resolved (RFC 6120 §8.3.3.16).
        case remoteServerNotFound = "remote-server-not-found"
        /// The remote domain could not be reached in time (RFC 6120 §8.3.3.17).
        case remoteServerTimeout = "remote-server-timeout"
        /// The server lacks the means for this now (RFC 6120 §8.3.3.18).
        case resourceConstraint = "resource-constraint"
        /// The service is not provided here (RFC 6120 §8.3.3.19).
        case serviceUnavailable = "service-unavailable"
        /// A subscription is needed first (RFC 6120 §8.3.3.20).
        case subscriptionRequired = "subscription-required"
        /// None of the others (RFC 6120 §8.3.3.21).
        case undefinedCondition = "undefined-condition"
        /// Out of order (RFC 6120 §8.3.3.22).
        case unexpectedRequest = "unexpected-request"

        /// The type that RFC 6120 §8.3.3 associates with the condition. Where it names two (for
        /// `policy-violation` and `unexpected-request`), the first; for `undefined-condition`, which leaves it open,
        /// `cancel`.
        public var usualType: Kind {
            switch self {
            case .forbidden, .notAuthorized, .paymentRequired, .registrationRequired, .subscriptionRequired: .auth
            case .badRequest, .jidMalformed, .notAcceptable, .policyViolation, .redirect: .modify
            case .recipientUnavailable, .remoteServerTimeout, .resourceConstraint, .unexpectedRequest: .wait
            case .conflict, .featureNotImplemented, .gone, .internalServerError, .itemNotFound, .notAllowed,
                .remoteServerNotFound, .serviceUnavailable, .undefinedCondition:
                .cancel
            }
        }

        /// The number that stands for the condition in XEP-0086. `policy-violation`, which is younger than that
        /// table, goes as `not-allowed` does.
        public var legacyCode: Int {
            switch self {
            case .gone, .redirect: 302
            case .badRequest, .jidMalformed, .unexpectedRequest: 400
            case .notAuthorized: 401
            case .paymentRequired: 402
            case .forbidden: 403
            case .itemNotFound, .recipientUnavailable, .remoteServerNotFound: 404
            case .notAllowed, .policyViolation: 405
            case .notAcceptable: 406
            case .registrationRequired, .subscriptionRequired: 407
            case .conflict: 409
            case .internalServerError, .resourceConstraint, .undefinedCondition: 500
            case .featureNotImplemented: 501
            case .serviceUnavailable: 503
            case .remoteServerTimeout: 504
            }
        }

        /// The condition meant by an error that has only a number (XEP-0086); `undefined-condition` for a number
        /// nobody used.
        public init(legacyCode: Int) {
            switch legacyCode {
            case 302: self = .redirect
            case 400: self = .badRequest
            case 401: self = .notAuthorized
            case 402: self = .paymentRequired
            case 403: self = .forbidden
            case 404: self = .itemNotFound
            case 405: self = .notAllowed
            case 406: self = .notAcceptable
            case 407: self = .registrationRequired
            case 408, 504: self = .remoteServerTimeout
            case 409: self = .conflict
            case 500: self = .internalServerError
            case 501: self = .featureNotImplemented
            case 502, 503, 510: self = .serviceUnavailable
            default: self = .undefinedCondition
            }
        }
    }
}
