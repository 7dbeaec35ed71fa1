// Who a client is, and how it proves it.

/// How a client logs in.
package struct Login: Sendable {
    package let local: String
    package let domain: String
    package let resource: String
    package let password: String
    /// What the client contributes to the exchange.
    package let nonce: String

    package init(local: String, domain: String, resource: String, password: String, nonce: String) {
        self.local = local
        self.domain = domain
        self.resource = resource
        self.password = password
        self.nonce = nonce
    }

    /// The address of the account.
    package var bare: String { "\(local)@\(domain)" }
    /// The address of the client.
    package var full: String { "\(bare)/\(resource)" }

    /// Another resource, or another login, of the same account.
    package func with(resource: String, nonce: String) -> Login {
        Login(local: local, domain: domain, resource: resource, password: password, nonce: nonce)
    }
}
