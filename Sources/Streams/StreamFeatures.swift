// What we offer on a stream at its present stage (RFC 6120 §4.3.2).

import XML
import XMPP

/// The children of `<stream:features/>`, mandatory ones first.
struct StreamFeatures: Sendable, Equatable {
    var offers: [Element] = []

    /// `<stream:features/>` as it goes over the wire. The prefix is written out, because old clients look for it
    /// (RFC 6120 §4.8.5).
    func bytes(in content: String) -> [UInt8] {
        guard !offers.isEmpty else { return Array("<stream:features/>".utf8) }
        var bytes = Array("<stream:features>".utf8)
        for offer in offers { bytes += offer.bytes(in: content) }
        return bytes + Array("</stream:features>".utf8)
    }

    /// STARTTLS (RFC 6120 §5.4.1).
    static func startTLS(isRequired: Bool) -> Element {
        Element("starttls", NS.tls) {
            if isRequired { Element("required", NS.tls) }
        }
    }

    /// SASL mechanisms, preferred first (RFC 6120 §6.4.1).
    static func mechanisms(_ mechanisms: [SASLMechanism]) -> Element {
        Element("mechanisms", NS.sasl) {
            for mechanism in mechanisms { Element("mechanism", NS.sasl) { mechanism.name } }
        }
    }

    /// The channel bindings that go with the -PLUS mechanisms (XEP-0440 §2).
    static func channelBindings(_ bindings: [ChannelBinding]) -> Element {
        Element("sasl-channel-binding", NS.channelBinding) {
            for binding in bindings {
                Element("channel-binding", NS.channelBinding, ["type": binding.type.rawValue])
            }
        }
    }

    /// In-band registration (XEP-0077 §8).
    static var registration: Element { Element("register", NS.registerFeature) }

    /// Resource binding (RFC 6120 §7.4).
    static var bind: Element {
        Element("bind", NS.bind) { Element("required", NS.bind) }
    }

    /// Stream management (XEP-0198 §2).
    static var management: Element { Element("sm", NS.streamManagement) }

    /// The session establishment of RFC 3921, needed by old clients only.
    static var session: Element {
        Element("session", NS.session) { Element("optional", NS.session) }
    }
}
