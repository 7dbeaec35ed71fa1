// What a client has been told of one room: nothing else does it know of it.

/// A client's picture of one room, folded from what it hears.
package struct Picture: Sendable {
    /// Somebody it was told of.
    struct Occupant: Sendable, Equatable {
        var affiliation: String?
        var role: String?
    }

    /// What a stanza brought that is more than a presence.
    enum News: Sendable, Equatable {
        case entered(created: Bool)
        case left
        case said(String, isHistory: Bool)
        case subject(String, isHistory: Bool)
    }

    /// The nick of its own; nil: it is not inside.
    private(set) var nick: String?
    private(set) var occupants: [String: Occupant] = [:]
    /// The last subject it was told; nil: none in this visit.
    private(set) var subject: String?

    var isInside: Bool { nick != nil }
    var own: Occupant? { nick.flatMap { occupants[$0] } }

    mutating func fold(_ heard: Heard) -> News? {
        switch (heard.kind, heard.type) {
        case ("presence", nil): return appears(heard)
        case ("presence", "unavailable"): return vanishes(heard)
        case ("message", "groupchat"):
            guard heard.nick != nil else {
                if heard.subject != nil, heard.body == nil { subject = "" }
                return nil
            }
            if let text = heard.subject {
                subject = text
                return .subject(text, isHistory: heard.isDelayed)
            }
            return heard.body.map { .said($0, isHistory: heard.isDelayed) }
        default: return nil
        }
    }

    private mutating func appears(_ heard: Heard) -> News? {
        guard let name = heard.nick else { return nil }
        occupants[name] = Occupant(affiliation: heard.item?.affiliation, role: heard.item?.role)
        guard heard.codes.contains("110") else { return nil }
        let isNew = nick == nil
        nick = name
        return isNew ? .entered(created: heard.codes.contains("201")) : nil
    }

    private mutating func vanishes(_ heard: Heard) -> News? {
        guard let name = heard.nick else { return nil }
        occupants[name] = nil
        guard name == nick else { return nil }
        if heard.codes.contains("303"), let new = heard.item?.nick {
            nick = new
            return nil
        }
        lose()
        return .left
    }

    /// It is out, and knows nothing any more.
    mutating func lose() {
        nick = nil
        occupants = [:]
        subject = nil
    }
}
