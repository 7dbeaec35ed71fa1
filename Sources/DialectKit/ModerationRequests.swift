// Taking back what others said, by those who keep order: the request of XEP-0425, which every dialect has in common.

import Rooms
import XML
import XMPP

/// Understands `<moderate/>` at a room's address (MUCX-060, MUCX-063; rule X-18).
struct ModerationRequests: Sendable {
    func register(in table: inout HandlerTable) {
        table.on(.set, "moderate", NS.moderation) { request, room throws(StanzaError) in
            try Self.read(request, room)
        }
    }

    /// Whoever asks is answered after everybody was told (MUCX-061).
    private static func read(_ request: Request, _ room: Room) throws(StanzaError) -> Intent {
        let (inbound, element) = (request.inbound, request.element)
        guard room.isThere(for: inbound) else { throw StanzaError(.itemNotFound) }
        guard let id = element["id"], !id.isEmpty, element.child("retract", NS.retraction) != nil else {
            throw StanzaError(.badRequest)
        }
        let reason = element.child("reason", NS.moderation)?.text
        return .retract(
            Intent.Retraction(
                archiveID: id, id: nil, moderation: RetractionWish.Moderation(reason: reason),
                answer: Intent.Answer(inbound.stanza.result(), .after)))
    }
}
