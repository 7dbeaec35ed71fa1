// A room from what is stored of it.

package import Rooms
package import Storage

extension Room {
    /// Snapshot, then every later event, then the tail for those who join.
    package init(recovering stored: StoredRoom, name: RoomName, limits: RoomLimits) throws(CodingFault) {
        self.init(name: name, limits: limits)
        if let snapshot = stored.snapshot {
            self = try Room(snapshot: snapshot.bytes, name: name, limits: limits)
        }
        for record in stored.events { recover(try EventCoding.decode(record.body)) }
        var messages: [Event.Message] = []
        for record in stored.tail {
            switch try EventCoding.decode(record.body) {
            case .conversation(.said(let message)): messages.append(message)
            default: continue
            }
        }
        restoreTail(messages)
    }
}
