// The way of a message for an account: judged, archived, delivered, copied, or kept until somebody can take it.

import DialectKit
import Host
import Storage
import XML
import XMPP

extension AccountLoop {
    /// A message for the account or one of its resources (RFC 6121 §8.5). What is archived or kept is told only after
    /// the commit, so a message that anybody has seen is never lost.
    ///
    /// - Parameter isReturned: a resource had it and has not acknowledged it. Its place in the archive it has, and who
    ///   was to have a copy has one.
    func receive(message envelope: Envelope, isReturned: Bool = false, on shard: isolated Shard) {
        let (message, content) = (envelope.stanza, MessageContent(envelope.stanza))
        let delivery = delivery(of: envelope, content)
        switch delivery {
        case .dropped: return
        case .refused: return refuse(envelope, StanzaError(.serviceUnavailable))
        case .wait where !content.waitsOffline(message.type):
            if content.contains(.body) { refuse(envelope, StanzaError(.serviceUnavailable)) }
            return
        case .wait where state.waiting.count >= setup.storage.offlineMessages:
            return refuse(envelope, StanzaError(.serviceUnavailable))
        case .addressed, .everyReady, .wait: break
        }
        let marked = isReturned ? message : mark(message, content, with: envelope.from, on: shard)
        let takers = takers(of: envelope, delivery)
        let bytes = marked.bytes
        for taker in takers { pass(bytes, to: taker) }
        if delivery == .wait { keep(bytes, at: shard.loop.now) }
        let isAnswer = state.copied.isAnswered(by: message)
        guard !isReturned, Carbon.received.isDue(for: message, content, isAnswerToCopied: isAnswer) else { return }
        let served = takers.map(\.jid) + [envelope.from]
        copy(marked, as: .received, except: served)
    }

    private func delivery(of envelope: Envelope, _ content: MessageContent) -> Delivery {
        let address: Delivery.Address =
            envelope.to.isBare ? .bare : resource(envelope.to) == nil ? .vacant : .connected
        let attendance: Delivery.Attendance = existence == .missing ? .missing : ready.isEmpty ? .away : .ready
        return Delivery(
            of: envelope.stanza.type, to: address, attendance,
            isPrivateFromRoom: envelope.stanza.isPrivateFromRoom(content))
    }

    /// Who gets the message itself. One that a resource sends to its own account is for the others (RFC 6120 §10.3.1).
    private func takers(of envelope: Envelope, _ delivery: Delivery) -> [Resource] {
        switch delivery {
        case .addressed: resource(envelope.to).map { [$0] } ?? []
        case .everyReady: ready.filter { $0.jid != envelope.from }
        case .wait, .refused, .dropped: []
        }
    }

    /// The message without ids that claim to be this archive's, and with the one it really has (XEP-0359 §4).
    private func mark(
        _ message: Stanza, _ content: MessageContent, with peer: JID, on shard: isolated Shard
    ) -> Stanza {
        var message = message
        message.removeStanzaIDs(by: [jid])
        if content.isArchived(message.type) {
            message.payload.append(archive(message, with: peer, on: shard).element)
        }
        return message
    }

    /// A message that a resource sent to somebody else: it is on its way already; the account keeps it and shows it
    /// to the other resources (XEP-0280 §8).
    func note(sent envelope: Envelope, on shard: isolated Shard) {
        guard envelope.to.bare != jid, existence == .present else { return }
        let content = MessageContent(envelope.stanza)
        let message = mark(envelope.stanza, content, with: envelope.to, on: shard)
        guard Carbon.sent.isDue(for: message, content) else { return }
        state.copied.add(message, limit: setup.limits.copiedMessages)
        if isToOccupant(envelope, content, on: shard) {
            copy(private: message, except: envelope.from)
        } else {
            copy(message, as: .sent, except: [envelope.from])
        }
    }

    /// Whether a message goes to somebody in a room: the client says so, or the room is one of this server.
    private func isToOccupant(_ envelope: Envelope, _ content: MessageContent, on shard: isolated Shard) -> Bool {
        guard envelope.to.resource != nil else { return false }
        if case .rooms? = shard.house.domains[envelope.to.domain] { return true }
        return content.contains(.roomUser)
    }

    private func copy(_ message: Stanza, as carbon: Carbon, except: [JID]) {
        let others = others(than: except)
        guard !others.isEmpty else { return }
        let copy = carbon.wrap(message, for: jid)
        for other in others { tell(copy, to: other) }
    }

    /// Copies a private message to somebody in a room, marked as such, to those who sit there too: others could not
    /// answer (XEP-0280 §6.1). Their sessions know where they sit.
    private func copy(private message: Stanza, except sender: JID) {
        guard let room = message.to?.bare else { return }
        var message = message
        if message.child("x", NS.mucUser) == nil { message.payload.append(Element("x", NS.mucUser)) }
        let copy = Carbon.sent.wrap(message, for: jid)
        for other in others(than: [sender]) {
            let (port, hole) = (other.port, other.hole)
            outbox.add(
                .work { shard in
                    shard.ask(Int(port.shard)) { shard in
                        guard Session.at(port, on: shard)?.isIn(room) == true else { return }
                        shard.tell([copy], to: hole, at: port)
                    }
                })
        }
    }

    private func others(than known: [JID]) -> [Resource] {
        state.resources.filter { $0.hasCarbons && isConnected($0.port) && !known.contains($0.jid) }
    }
}
