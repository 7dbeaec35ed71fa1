// TLS under the stream: STARTTLS, and TLS that was there from the start (RFC 6120 §5, XEP-0368).

import XML
import XMPP

extension ClientStream {
    /// Whether `<starttls/>` is offered and accepted now.
    var canStartTLS: Bool {
        tls == nil && configuration.encryption != .unavailable
    }

    /// Whether the client's connection is one nobody else can listen to.
    var isPrivate: Bool {
        tls != nil || configuration.plainOnLoopback && isLoopback
    }

    /// `<starttls/>`: whatever the client sent behind it in the clear is dropped, because somebody on the way may have
    /// put it there (RFC 6120 §5.4.3.3).
    func startTLS() {
        guard canStartTLS else {
            send(Element("failure", NS.tls))
            end()
            return
        }
        send(Element("proceed", NS.tls))
        actions.append(.startTLS)
        restart(as: .securing)
    }

    /// TLS is up: after `.startTLS`, or before anything else on a direct TLS listener. The stream begins anew, and
    /// what was learnt before is forgotten (RFC 6120 §5.4.3.3).
    public func secured(_ tls: TLSFacts) -> [StreamAction] {
        switch state {
        case .securing, .opening:
            self.tls = tls
            restart(as: .opening)
            return settled()
        case .negotiating, .challenging, .verifying, .binding, .resuming, .bound, .closing, .closed:
            return []
        }
    }
}
