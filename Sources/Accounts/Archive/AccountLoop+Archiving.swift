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
        let isGroupchat = message.type == .groupchat
        let (seq, time) = state.archive.next(at: shard.loop.now, isGroupchat: isGroupchat)
        var kept = message
        // A channel says the same to all its accounts but for their address: without it, it is kept once (rule X-15).
        if isGroupchat { kept.to = nil }
        write(
            .archived(
                ArchivedMessage(
                    seq: seq, time: time, peer: peer.bare.description, resource: peer.resource,
                    isGroupchat: isGroupchat, stanza: kept.bytes)))
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

    /// What disco#info says of what is in the archive just now (XEP-0313 §7).
    var archiveFeatures: [String] {
        let holdsGroupchat =
            state.archive.groupchat > 0 || state.contacts.hasChannels || !state.stays.channels.isEmpty
        return holdsGroupchat ? [NS.mamGroupchatAvailable] : []
    }
}
