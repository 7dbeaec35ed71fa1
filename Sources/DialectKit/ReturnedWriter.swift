// What comes back to somebody who had sent it through the room.

public import Rooms
import XML
import XMPP

/// Writes an error that answers a private message or an invitation: what went wrong and whose it was, and nothing else
/// of what came back, because that names real addresses (MUC-167).
public struct ReturnedWriter {
    private let room: RoomAddress

    public init(_ room: Room, _ domain: String) { self.room = RoomAddress(room, domain) }

    public func returned(_ event: Event.Returned) -> Template {
        Template(.message) { writer in
            writer.attribute("from", event.from.map { room.occupant($0.nick) } ?? room.text)
            writer.attribute("type", StanzaType.error.rawValue)
            writer.attribute("id", event.id)
            let error = StanzaError(event.error.condition, type: event.error.type)
            writer.element(error.element)
        }
    }
}
