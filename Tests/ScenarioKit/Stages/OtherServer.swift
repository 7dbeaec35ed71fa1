// Another server, as far as a scenario needs one: whoever is there hears what the house sends to its address.

package import Host
import Synchronization
import XML
import XMPP

/// The people of a domain that the house does not serve. No stanza is added, changed or held back on the way.
package final class OtherServer: Sendable {
    /// Its only domain.
    package static let domain = "other.example"

    private struct Person {
        let login: Login
        let feed: Feed
    }

    private struct State {
        var people: [Person] = []
        var isReachable = true
    }

    private let state = Mutex(State())

    package init() {}

    /// Whether what the house sends arrives. What it says while it dies, nobody hears.
    var isReachable: Bool {
        get { state.withLock { $0.isReachable } }
        set { state.withLock { $0.isReachable = newValue } }
    }

    /// Somebody is there, and hears what is sent to it.
    func admit(_ login: Login, hearing feed: Feed) {
        state.withLock { $0.people.append(Person(login: login, feed: feed)) }
    }

    /// Takes what the house has for other domains than its own. There is no further server: whoever is asked for at
    /// another domain cannot be reached (RFC 6120 §8.3.3.16), and whoever is not here, is not here.
    package var gate: House.Gate {
        { [self] envelope, shard in
            guard isReachable else { return }
            guard envelope.to.domain == Self.domain else {
                return Self.refuse(envelope, .remoteServerNotFound, on: shard)
            }
            guard let feed = feed(of: envelope.to) else {
                // availability that nobody wants is dropped (RFC 6121 §8.5.1)
                if envelope.stanza.kind != .presence { Self.refuse(envelope, .serviceUnavailable, on: shard) }
                return
            }
            feed.add(.stanza(envelope.stanza.element))
        }
    }

    private static func refuse(_ envelope: Envelope, _ condition: StanzaError.Condition, on shard: isolated Shard) {
        guard envelope.stanza.isAnswerable else { return }
        shard.reply(envelope.stanza.error(StanzaError(condition)), to: envelope)
    }

    /// Where an address is heard: at its resource if that is somebody's own, else where its account was first heard of.
    private func feed(of address: JID) -> Feed? {
        state.withLock { state in
            let own = state.people.filter { (try? JID($0.login.bare)) == address.bare }
            return (own.first { $0.login.resource == address.resource } ?? own.first)?.feed
        }
    }
}

/// Somebody at another server. Nothing is logged in; what it says goes out as that server would send it.
final class AfarLine: Line {
    let feed = Feed()
    let managed = ManagedStream()
    private let carry: (Envelope) -> Void

    /// - Parameter carry: brings a stanza to the house, in order.
    init(_ login: Login, at server: OtherServer, carry: @escaping (Envelope) -> Void) {
        self.carry = carry
        server.admit(login, hearing: feed)
    }

    /// What stands in `text`, on its way.
    ///
    /// - Throws: what a server would not send: a stanza without both addresses, or from another domain.
    static func envelopes(_ text: String) throws(StageFault) -> [Envelope] {
        guard let block = try? Element(parsing: "<block xmlns='\(NS.client)'>\(text)</block>") else {
            throw StageFault("this is no XML")
        }
        var envelopes: [Envelope] = []
        for element in block.children {
            guard let stanza = try? Stanza(reading: element), let from = stanza.from, let to = stanza.to,
                from.domain == OtherServer.domain
            else { throw StageFault("whoever speaks from afar says from whom and to whom: \(element)") }
            envelopes.append(Envelope(stanza, from: from, to: to))
        }
        return envelopes
    }

    func send(_ bytes: [UInt8]) {
        for envelope in (try? Self.envelopes(String(decoding: bytes, as: UTF8.self))) ?? [] { carry(envelope) }
    }

    func cut() async throws {}
    func leave() async throws {}
}
