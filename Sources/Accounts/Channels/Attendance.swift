// What a resource hears of a channel, what the channel sees of it, and how it is known to be a client of MIX.

import Rooms
import XMPP

/// A resource in a channel, as its account has arranged it.
struct Attendance: Sendable, Equatable {
    /// In which dialect it hears of the channel.
    var dialect: DialectID
    /// The channel has its presence.
    var isShown: Bool
}

/// What is known of what a client can (XEP-0115).
enum ClientKnowledge: Sendable, Equatable {
    /// It has said nothing.
    case silent
    /// It has told a hash, and is asked what that means.
    case asked(Capabilities)
    /// It has told a hash, and not what that means.
    case obscure(Capabilities)
    case known(Capabilities, ClientTraits)

    /// The hash it told.
    var capabilities: Capabilities? {
        switch self {
        case .silent: nil
        case .asked(let told), .obscure(let told), .known(let told, _): told
        }
    }

    /// What it speaks of MIX by its features.
    var tongue: DialectID? {
        if case .known(_, let traits) = self { traits.tongue } else { nil }
    }

    /// Whether no features are known, nor will be.
    var isUnknown: Bool {
        switch self {
        case .silent, .obscure: true
        case .asked, .known: false
        }
    }
}

extension Resource {
    /// What it speaks of MIX, as far as that is known.
    var spoken: DialectID? { tongue ?? client.tongue }

    /// By what it is remembered.
    var mark: ClientMark {
        client.capabilities.map { ClientMark(version: $0.ver) } ?? ClientMark(resource: jid.resource ?? "")
    }

    /// What it may be remembered by.
    var marks: [ClientMark] { [mark, ClientMark(resource: jid.resource ?? "")] }

    /// The dialect in which it hears of a channel; nil: it is no client of MIX, and hears nothing (rule X-15).
    ///
    /// - Parameters:
    ///   - isDraft: the account joined the channel in a draft, which knows no feature by which clients show themselves.
    ///   - isRemembered: it once spoke such a draft.
    func tongue(isDraft: Bool, isRemembered: Bool) -> DialectID? {
        if let spoken { return spoken }
        return isDraft && (isRemembered || client.isUnknown) ? Tongue.undetermined : nil
    }
}
