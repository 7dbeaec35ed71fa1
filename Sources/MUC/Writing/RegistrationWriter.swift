// Admins are asked whether somebody may be registered.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes requests for registration (XEP-0045 §9.9).
struct RegistrationWriter {
    let room: Room
    let domain: String

    /// Admins who are asked though nobody of them is here.
    private static let mostAsked = 20

    /// What an admin who is here is asked.
    func asked(_ request: Event.RegistrationRequest) -> Template {
        Template(.message) { writer in
            writer.attribute("from", RoomAddress(room, domain).text)
            writer.element(RegistrationForm.approving(request).element)
        }
    }

    /// The same for those who are not, where none is.
    func askedOutside(_ request: Event.RegistrationRequest) -> [Stanza] {
        guard let from = try? JID(local: room.name.local, domain: domain, resource: nil) else { return [] }
        return room.absentAdmins(Self.mostAsked).map {
            .message(from: from, to: $0, payload: [RegistrationForm.approving(request).element])
        }
    }
}
