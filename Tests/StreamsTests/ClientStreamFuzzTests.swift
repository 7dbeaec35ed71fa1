// Conversations cut and damaged at random: what must hold whatever a client sends.

import Testing
import XMPP

@testable import Streams

struct ClientStreamFuzzTests {
    /// What a client says in one go up to each point where it must wait for us.
    private static let turns = [
        opening + sasl("auth", plainMessage("romeo", Romeo.password), mechanism: "PLAIN"),
        opening + bindRequest("balcony")
            + "<presence/> <message to='juliet@example.org' id='m'><body>&lt;é</body></message>"
            + "<iq type='get' id='q' to='example.org'><ping xmlns='urn:xmpp:ping'/></iq></stream:stream>",
    ]

    /// Answers everything the stream asks its owner, at once.
    private func carryOut(_ actions: [StreamAction], on stream: ClientStream) throws -> [StreamAction] {
        var done: [StreamAction] = []
        var queue = actions[...]
        while let action = queue.popFirst() {
            done.append(action)
            switch action {
            case .findCredentials(let username):
                queue += stream.found(username == "romeo" ? try Romeo.credentials() : nil)
            case .derive(let derivation): queue += stream.derived(try derivation.keys())
            case .bind(let resource):
                queue += stream.bound(try JID("romeo@example.org").with(resource: resource ?? "any"))
            case .startTLS: queue += stream.secured(.bare)
            default: break
            }
        }
        return done
    }

    private func converse(_ turns: [[UInt8]], _ dice: inout SplitMix) throws -> [StreamAction] {
        let stream = ClientStream.sample()
        _ = stream.secured(.bare)
        var said: [StreamAction] = []
        for turn in turns {
            var rest = turn[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...40, using: &dice))
                rest = rest.dropFirst(piece.count)
                said += try carryOut(stream.received(Array(piece)), on: stream)
            }
        }
        return said
    }

    /// However a conversation is cut into reads, the same is said.
    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func cuttingChangesNothing(seed: UInt64) throws {
        var dice = SplitMix(state: seed)
        let said = try told(converse(Self.turns.map { Array($0.utf8) }, &dice))
        #expect(said.count == 15)
        #expect(said.last == "[close]")
        #expect(said.filter { $0.hasPrefix("[stanza]") }.count == 3)
    }

    /// Whatever is said: nothing follows the end, no stanza passes before binding, nobody binds before login, and the
    /// sender is always the client's own address.
    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func damageIsContained(seed: UInt64) throws {
        var dice = SplitMix(state: seed)
        let turns = Self.turns.map { turn in
            var bytes = Array(turn.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &dice) {
                let place = Int.random(in: 0..<bytes.count, using: &dice)
                switch Int.random(in: 0...3, using: &dice) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &dice)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(contentsOf: bytes.randomElement(using: &dice).map { [$0] } ?? [], at: place)
                default: bytes.insert(contentsOf: bytes[place...].prefix(60), at: place)
                }
            }
            return bytes
        }
        var isAuthenticated = false
        var isBound = false
        var isClosed = false
        for action in try converse(turns, &dice) {
            #expect(!isClosed)
            switch action {
            case .authenticated: isAuthenticated = true
            case .bind:
                #expect(isAuthenticated)
                isBound = true
            case .stanza(let stanza):
                #expect(isBound)
                #expect(stanza.from?.bare.description == Romeo.jid)
            case .preAuthStanza: Issue.record("registration is closed")
            case .close: isClosed = true
            default: break
            }
        }
    }
}
