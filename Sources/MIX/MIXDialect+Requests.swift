// The requests that a channel answers, one handler for each.

public import DialectKit
import Rooms
public import XML
import XMPP

extension MIXDialect {
    /// Every spelling of each request (rule mix-current O-03). The first dialect of a domain registers for all.
    public func register(in table: inout HandlerTable) {
        guard isFirst else { return }
        let dialect = self
        func on(
            _ types: [StanzaType], _ name: String, _ namespaces: [String],
            _ read: @escaping @Sendable (Speaker, Element) throws(StanzaError) -> Intent
        ) {
            for type in types {
                for namespace in namespaces {
                    table.on(type, name, namespace) { request, room throws(StanzaError) in
                        let speaker = dialect.speaker(request.inbound, room)
                        guard speaker.mayKnow || ServiceRequests.isToService(speaker) else { throw speaker.missing }
                        return try read(speaker, request.element)
                    }
                }
            }
        }
        let cores = [NS.mixCore, NS.mixCore0, NS.mix0]
        on([.set], "join", cores + [NS.mixAnonymous, NS.mixMisc]) { speaker, element throws(StanzaError) in
            try JoinReader(speaker: speaker, element: element).join()
        }
        on([.set], "leave", cores) { speaker, element in JoinReader(speaker: speaker, element: element).leave() }
        on([.set], "update-subscription", cores) { speaker, element throws(StanzaError) in
            try JoinReader(speaker: speaker, element: element).update()
        }
        on([.set], "setnick", cores) { speaker, element throws(StanzaError) in
            try NickReader(speaker: speaker, element: element).read()
        }
        on([.set], "query", [NS.mix0]) { speaker, element throws(StanzaError) in
            try NickReader(speaker: speaker, element: element).read()
        }
        on([.set], "register", [NS.mix0, NS.mixMisc]) { speaker, element throws(StanzaError) in
            try ServiceRequests.register(speaker, element)
        }
        on([.get], "user-preference", [NS.mixAnonymous, NS.mix0]) { speaker, element throws(StanzaError) in
            try PreferenceReader(speaker: speaker, element: element).get()
        }
        on([.set], "user-preference", [NS.mixAnonymous, NS.mix0]) { speaker, element throws(StanzaError) in
            try PreferenceReader(speaker: speaker, element: element).set()
        }
        on([.get, .set], "invite", [NS.mixMisc, NS.mix0]) { speaker, element throws(StanzaError) in
            try InvitationReader(speaker: speaker, element: element).read()
        }
        on([.set], "create", cores) { speaker, element throws(StanzaError) in
            try ServiceRequests.create(speaker, element)
        }
        on([.set], "destroy", cores) { speaker, element throws(StanzaError) in
            try ServiceRequests.destroy(speaker, element)
        }
        on([.get, .set], "pubsub", [NS.pubsub, NS.pubsubOwner]) { speaker, element throws(StanzaError) in
            try ServiceRequests.isToService(speaker)
                ? ServiceRequests.conversations(speaker, element)
                : PubSubReader(speaker: speaker, element: element).read()
        }
    }

    /// Serves what is asked of the service: channels are made and ended there, nicks registered, and new channels
    /// heard of (XEP-0369 §7.3, XEP-0407 §3, 0.0.1 §4.2).
    public func serve(_ element: Element, _ asker: ServiceAsker, in service: ServiceFacts) -> ServiceIntent? {
        isFirst ? ServiceRequests.serve(element, asker) : nil
    }
}
