// Every message worth it is archived once, with the batch that tells of it (XEP-0313 §3).

import Host
import Rooms
import Storage
import XMPP

extension AccountLoop {
    /// Archives a message with whoever is on its other side.
    ///
    /// - Returns: the id it has in the archive.
    func archive(_ message: Stanza, with peer: JID, on shard: isolated Shard) -> StanzaID {
        let key = archiveKey(on: shard)
        let (seq, time) = state.archive.next(at: shard.loop.now)
        write(
            .archived(
                ArchivedMessage(
                    seq: seq, time: time, peer: peer.bare.description, resource: peer.resource, stanza: message.bytes)))
        return StanzaID(key.id(of: seq), by: jid)
    }

    /// The key of the archive, made and stored with its first message.
    private func archiveKey(on shard: isolated Shard) -> ArchiveKey {
        if let key = state.archive.key { return key }
        let secret = shard.house.randomBytes(AccountArchive.secretLength)
        write(.secret(secret))
        state.archive.take(secret: secret)
        return ArchiveKey(secret: secret)
    }
}
