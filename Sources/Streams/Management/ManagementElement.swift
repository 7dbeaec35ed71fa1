// The elements of stream management, which are no stanzas and are not counted (XEP-0198).

import XML
import XMPP

/// What a client asks of stream management.
enum ManagementRequest: Sendable, Equatable {
    /// Begin; perhaps so that the session can be resumed, within so many seconds (§3).
    case enable(resume: Bool, seconds: Int?)
    /// Say how much was handled (§4).
    case request
    /// So much was handled (§4).
    case acknowledge(UInt32)
    /// Go on with the session of this id, of which so much was handled (§5).
    case resume(id: String, h: UInt32)
    /// Something of the right name without what it needs.
    case unreadable(String)

    /// Reads an element; nil where its name is none of these.
    init?(reading element: Element) {
        switch element.name {
        case "enable":
            self = .enable(resume: Self.isTrue(element["resume"]), seconds: element["max"].flatMap { Int($0) })
        case "r": self = .request
        case "a":
            guard let h = element["h"].flatMap({ UInt32($0) }) else { return nil }
            self = .acknowledge(h)
        case "resume":
            guard let id = element["previd"], let h = element["h"].flatMap({ UInt32($0) }) else {
                self = .unreadable(element.name)
                return
            }
            self = .resume(id: id, h: h)
        default: return nil
        }
    }

    /// The two spellings of XML Schema.
    private static func isTrue(_ text: String?) -> Bool { text == "true" || text == "1" }
}

/// What the server says.
public enum ManagementElement {
    /// `<r/>`: say how much you handled (§4).
    public static let request = Array("<r xmlns='\(NS.streamManagement)'/>".utf8)

    /// `<a/>`: so much was handled (§4).
    public static func acknowledgement(_ h: UInt32) -> [UInt8] {
        Array("<a xmlns='\(NS.streamManagement)' h='\(h)'/>".utf8)
    }

    /// `<enabled/>`, resumable if there is an id (§3). `resume` is spelt out: some clients know no "1".
    static func enabled(_ resumption: Resumption?) -> Element {
        guard let resumption else { return Element("enabled", NS.streamManagement) }
        return Element(
            "enabled", NS.streamManagement,
            ["id": resumption.id, "resume": "true", "max": String(resumption.seconds)])
    }

    /// `<resumed/>` (§5).
    static func resumed(_ id: String, _ h: UInt32) -> Element {
        Element("resumed", NS.streamManagement, ["previd": id, "h": String(h)])
    }

    /// `<failed/>` (§6), with how much was handled of a session that is over.
    static func failed(_ condition: StanzaError.Condition, _ h: UInt32? = nil) -> Element {
        Element("failed", NS.streamManagement, ["h": h.map { String($0) }]) {
            Element(condition.rawValue, NS.stanzas)
        }
    }
}

/// By what, and for how long, a session can be resumed (XEP-0198 §5).
public struct Resumption: Sendable, Equatable {
    /// Names the session; nobody can guess it.
    public let id: String
    /// Seconds for which the session waits for its client.
    public let seconds: Int

    public init(id: String, seconds: Int) {
        self.id = id
        self.seconds = seconds
    }
}
