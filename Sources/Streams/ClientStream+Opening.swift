// The exchange of stream headers, and what is offered next (RFC 6120 §4.2, §4.3, §4.7).

import XML
import XMPP

extension ClientStream {
    /// Random bytes in a stream id: 128 bits cannot be guessed (RFC 6120 §4.7.3).
    private static let idBytes = 16

    /// Answers the client's stream header with ours, and features or an error.
    func open(_ header: StreamHeader) {
        answer(to: InitialHeader.sender(of: header))
        do throws(StreamError) {
            let initial = try InitialHeader(reading: header, content: NS.client)
            try check(initial)
            language = initial.language
            state = .negotiating
            send(features.bytes(in: NS.client))
        } catch {
            fail(error)
        }
    }

    /// Writes our stream header, once for each stream.
    func answer(to client: JID?) {
        guard !isAnswered else { return }
        isAnswered = true
        let id = Base64.encode(entropy(Self.idBytes))
        send(ResponseHeader(from: configuration.domain, to: client, id: id, content: NS.client).bytes)
    }

    /// A client that names no host means the only one there is.
    private func check(_ initial: InitialHeader) throws(StreamError) {
        if let to = initial.to {
            guard to.isBare, to.local == nil else { throw StreamError(.improperAddressing) }
            guard to.domain == configuration.domain else { throw StreamError(.hostUnknown) }
        }
        guard let from = initial.from else { return }
        guard from.domain == configuration.domain, account == nil || from.bare == account else {
            throw StreamError(.invalidFrom)
        }
    }

    /// What may come next on this stream.
    private var features: StreamFeatures {
        var features = StreamFeatures()
        if account != nil {
            features.offers =
                [StreamFeatures.bind, StreamFeatures.session, StreamFeatures.management]
                + configuration.sessionFeatures
            return features
        }
        let mechanisms = self.mechanisms
        if canStartTLS { features.offers.append(StreamFeatures.startTLS(isRequired: mechanisms.isEmpty)) }
        guard !mechanisms.isEmpty else { return features }
        features.offers.append(StreamFeatures.mechanisms(mechanisms))
        if !bindings.isEmpty { features.offers.append(StreamFeatures.channelBindings(bindings)) }
        if canRegister { features.offers.append(StreamFeatures.registration) }
        return features
    }
}
