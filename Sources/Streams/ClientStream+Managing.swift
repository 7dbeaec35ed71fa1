// Stream management as a client speaks it: when its elements may come, and what they ask of the owner (XEP-0198).

import XML
public import XMPP

extension ClientStream {
    /// A first-level element of stream management.
    func manage(_ element: Element) {
        guard let request = ManagementRequest(reading: element) else {
            return fail(StreamError(element.name == "a" ? .badFormat : .unsupportedStanzaType))
        }
        switch (state, request) {
        case (.bound, .enable) where isManaged: fail(StreamError(.policyViolation, "stream management is on"))
        case (.bound, .enable(let resume, let seconds)):
            isManaged = true
            actions.append(.enableManagement(resume: resume, seconds: seconds))
        case (.bound, .request) where isManaged, (.closing, .request) where isManaged:
            actions.append(.acknowledgementRequested)
        case (.bound, .acknowledge(let h)) where isManaged, (.closing, .acknowledge(let h)) where isManaged:
            actions.append(.acknowledged(h))
        case (.negotiating, .resume(let id, let h)) where account != nil:
            state = .resuming(id)
            actions.append(.resume(id: id, h: h))
        case (_, .unreadable): send(ManagementElement.failed(.badRequest))
        default: send(ManagementElement.failed(.unexpectedRequest))
        }
    }

    /// The answer to `.enableManagement`: how the session can be resumed, if it can.
    public func managementEnabled(_ resumption: Resumption?) -> [StreamAction] {
        send(ManagementElement.enabled(resumption))
        return settled()
    }

    /// The answer to `.resume`: the client goes on as `jid`, of whose stanzas `h` were handled. Ignored if the stream
    /// has ended meanwhile.
    public func resumed(_ jid: JID, handled h: UInt32) -> [StreamAction] {
        guard case .resuming(let id) = state else { return [] }
        state = .bound(jid)
        isManaged = true
        send(ManagementElement.resumed(id, h))
        return settled()
    }

    /// The answer to `.resume` when there is no such session: the client may bind a resource. `h`: what was handled of
    /// a session that is over, if that is still known.
    public func resumeRefused(_ condition: StanzaError.Condition, handled h: UInt32? = nil) -> [StreamAction] {
        guard case .resuming = state else { return [] }
        state = .negotiating
        refusedBindings += 1
        send(ManagementElement.failed(condition, h))
        if refusedBindings >= configuration.limits.refusedBindings {
            fail(StreamError(.policyViolation, "too many refused bindings"))
        }
        return settled()
    }
}
