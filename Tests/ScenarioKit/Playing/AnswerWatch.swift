// Every request is answered once, and every error answers something (MUC-448).

package import Host
package import XML
import XMPP

/// Counts requests and answers, and finds answers to nothing.
package final class AnswerWatch: Watch {
    private struct Request: Hashable {
        let id: String
        let to: String?
    }

    /// What each client asked and was not yet answered.
    private var open: [String: [Request]] = [:]
    /// What was under way when its stream was cut: it may be answered yet if the stream is resumed.
    private var cut: [String: [Request]] = [:]
    /// What each client was asked and did not yet answer.
    private var asked: [String: [String]] = [:]
    /// Names and ids of what each client sent that may be answered with an error; no id is one too.
    private var answerable: [String: Set<String>] = [:]
    private var faults: [String] = []

    package init() {}

    package func sent(_ stanza: Element, by name: String) {
        let (type, id) = (stanza["type"], stanza["id"])
        switch (stanza.name, type) {
        case ("iq", "result"?), ("iq", "error"?): Self.remove(id ?? "", from: &asked[name, default: []])
        // a type that there is not wants an answer too
        case ("iq", _): open[name, default: []].append(Request(id: id ?? "", to: stanza["to"]))
        case (_, "error"?): break
        default: answerable[name, default: []].insert(Self.key(stanza))
        }
    }

    package func delivered(_ stanza: Element, to name: String) {
        switch (stanza.name, stanza["type"]) {
        case ("iq", "get"?), ("iq", "set"?): asked[name, default: []].append(stanza["id"] ?? "")
        case ("iq", _):
            let isAsked = Self.remove(stanza, from: &open[name, default: []])
            guard isAsked || Self.remove(stanza, from: &cut[name, default: []]) else {
                return faults.append("\(name) is answered what it did not ask, or twice: \(stanza)")
            }
        // a copy of what answers another client of the account
        case (_, "error"?) where stanza.child("received", NS.carbons) != nil: break
        case (_, "error"?):
            if answerable[name]?.contains(Self.key(stanza)) != true {
                faults.append("an error that answers nothing \(name) sent: \(stanza)")
            }
        default: break
        }
    }

    /// - Returns: whether one of the requests is answered by this.
    private static func remove(_ answer: Element, from requests: inout [Request]) -> Bool {
        guard let index = requests.firstIndex(where: { $0.id == answer["id"] && isFrom($0.to, answer) }) else {
            return false
        }
        requests.remove(at: index)
        return true
    }

    /// Answers come from where the question went; without an address that is the client's own server.
    private static func isFrom(_ address: String?, _ answer: Element) -> Bool {
        guard let address, let from = answer["from"] else { return true }
        if let asked = try? JID(address), let answering = try? JID(from) { return asked == answering }
        return address == from
    }

    private static func key(_ stanza: Element) -> String { "\(stanza.name) \(stanza["id"] ?? "")" }

    private static func remove(_ id: String, from list: inout [String]) {
        if let index = list.firstIndex(of: id) { list.remove(at: index) }
    }

    package func left(_ name: String) {
        cut[name, default: []] += open.removeValue(forKey: name) ?? []
        asked[name] = nil
    }

    package func settle(_ rooms: [RoomDescription]) -> String? {
        defer { faults = [] }
        return faults.first
    }

    /// Only what another client was asked for it, and never answered, may be without an answer.
    package func end() -> String? {
        let waiting = open.flatMap { name, requests in requests.map { (name, $0) } }
        let excused = asked.values.reduce(0) { $0 + $1.count }
        guard waiting.count > excused, let (name, request) = waiting.first else { return nil }
        return "\(name) was never answered '\(request.id)' to \(request.to ?? "its server")"
    }
}
