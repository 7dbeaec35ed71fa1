// How a stream ends: by either side, by an error, or because nobody is there any more (RFC 6120 §4.4, §4.9).

import XMPP

extension ClientStream {
    /// Ends the stream with an error; our header goes first if it has not been written (RFC 6120 §4.9.1.2).
    func fail(_ error: StreamError) {
        guard !isClosed else { return }
        ending = error
        answer(to: nil)
        send(error.bytes(in: NS.client))
        end()
    }

    /// Closes our half, if that is not done, and the connection.
    func end() {
        send(ResponseHeader.end)
        close()
    }

    private func close() {
        state = .closed
        held = []
        actions.append(.close)
    }

    /// `</stream:stream>` of the client.
    func closedByClient() {
        end()
    }

    /// The connection was closed at the other end, or broke.
    public func closedByPeer() -> [StreamAction] {
        guard !isClosed else { return [] }
        close()
        return settled()
    }

    /// The time for what the stream is doing has run out: TLS, negotiation, the client's half of a close, or the
    /// answer to a ping.
    public func timedOut() -> [StreamAction] {
        switch state {
        case .closed: return []
        case .securing: close()
        default: fail(StreamError(.connectionTimeout))
        }
        return settled()
    }

    /// Ends the stream from our side. With an error at once; without, our half is closed, stanzas are still taken
    /// until the client closes its own, and the owner calls `timedOut()` if it never does.
    public func shutDown(_ error: StreamError? = nil) -> [StreamAction] {
        switch state {
        case .closed:
            return []
        case .securing:
            close()
        case .opening where error == nil && !isAnswered:
            close()
        default:
            if let error {
                fail(error)
            } else {
                let jid = boundJID
                send(ResponseHeader.end)
                state = .closing(jid)
            }
        }
        return settled()
    }
}
