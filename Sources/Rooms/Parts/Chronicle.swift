// When the rules of a room were changed last, and by whom: what the nodes of a channel name their items by.

public import XMPP

/// The last changes of what the configuration nodes of a channel show (XEP-0406 §2.4).
public struct Chronicle: Sendable, Equatable {
    /// One change.
    public struct Mark: Sendable, Equatable {
        /// Its time in words, which names the item: to the second, and to the millisecond where two fall in one
        /// (MIXC-505).
        public let id: String
        /// The bare JID of who changed it.
        public let by: JID
        let time: Moment

        init(at time: Moment, by: JID, after former: Mark?) {
            let second = Moment(milliseconds: time.milliseconds - time.milliseconds % 1_000)
            let isTaken = former.map { $0.time.milliseconds / 1_000 == time.milliseconds / 1_000 } ?? false
            id = (isTaken ? time : second).xep0082
            self.by = by.bare
            self.time = time
        }

        init(id: String, by: JID, time: Moment) {
            self.id = id
            self.by = by
            self.time = time
        }
    }

    /// Rules, owners and administrators.
    public internal(set) var configuration: Mark?
    /// Title, members and outcasts, which 0.2.1 keeps in a node of their own.
    public internal(set) var lists: Mark?
    /// What is told of the room: title, description, contacts, who sees addresses.
    public internal(set) var information: Mark?

    private static let told: Set<Setting> = [.title, .about, .contacts, .whois]

    mutating func note(_ event: Event) {
        switch event {
        case .lifecycle(.created(let creation)):
            self = Chronicle()
            mark(\.configuration, creation.stamp.time, creation.owner)
            mark(\.lists, creation.stamp.time, creation.owner)
            mark(\.information, creation.stamp.time, creation.owner)
        case .lifecycle(.destroyed): self = Chronicle()
        case .governance(.configured(let change)):
            let (time, by) = (change.stamp.time, change.by.jid)
            mark(\.configuration, time, by)
            if change.changed[.title] != nil { mark(\.lists, time, by) }
            if change.changed.keys.contains(where: Self.told.contains) { mark(\.information, time, by) }
        case .governance(.affiliationChanged(let change)):
            guard let stamp = change.stamp else { return }
            let by = change.actor?.jid ?? change.jid
            if change.touchesRulers { mark(\.configuration, stamp.time, by) }
            if change.touchesLists { mark(\.lists, stamp.time, by) }
        default: return
        }
    }

    private mutating func mark(_ place: WritableKeyPath<Chronicle, Mark?>, _ time: Moment, _ by: JID) {
        self[keyPath: place] = Mark(at: time, by: by, after: self[keyPath: place])
    }
}
