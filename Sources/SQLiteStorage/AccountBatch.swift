// How the changes of one batch of an account are written.

import Foundation
import GRDB
import Storage

/// The changes of one account, to be written whole or not at all.
struct AccountBatch {
    let changes: [AccountWrite]
    let name: String
    let limits: StorageLimits

    /// Writes the changes in their order. Throws a `StorageFault` only while nothing is changed.
    func write(_ db: Database) throws {
        let id = try AccountRows.id(name, db)
        for (index, change) in changes.enumerated() {
            do {
                try write(change, of: id, db)
            } catch let fault as StorageFault where index > 0 {
                throw HalfWritten(fault: fault)
            }
        }
    }

    /// Writes one change, or faults with nothing changed.
    private func write(_ change: AccountWrite, of id: Int64, _ db: Database) throws {
        switch change {
        case .roster(let item): try AccountRows.setRosterItem(item, of: id, limit: limits.rosterItems, db)
        case .rosterRemoval(let jid): try AccountRows.removeRosterItem(jid, of: id, db)
        case .request(let request):
            try AccountRows.setRequest(request, of: id, limit: limits.subscriptionRequests, db)
        case .requestRemoval(let jid): try AccountRows.removeRequest(from: jid, of: id, db)
        case .block(let jid): try AccountRows.block(jid, of: id, limit: limits.blockedAddresses, db)
        case .unblock(let jid): try db.run("DELETE FROM blocked WHERE account = ? AND jid = ?", [id, jid])
        case .offline(let time, let stanza):
            try AccountRows.storeOffline(stanza, time: time, of: id, limit: limits.offlineMessages, db)
        case .offlineRemoval(let place): try AccountRows.removeOffline(id, through: place, db)
        case .slot(let namespace, let bytes):
            try AccountRows.setSlot(namespace, to: bytes, of: id, limit: limits.slots, db)
        case .secret(let secret): try db.run("UPDATE account SET secret = ? WHERE id = ?", [Data(secret), id])
        case .archived(let message):
            guard try AccountRows.archive(message, of: id, db) else {
                throw StorageFault.conflict(.archiveOutOfOrder(name))
            }
        case .stay(let stay): try AccountRows.setStay(stay, of: id, limit: limits.channelStays, db)
        case .stayRemoval(let channel, let from):
            try db.run(
                "DELETE FROM stay WHERE account = ? AND channel = ? AND begins = ?",
                [id, channel, Int64(clamping: from)])
        case .node(let node): try NodeRows.set(node, of: id, limit: limits.nodes, db)
        case .nodeRemoval(let node): try NodeRows.remove(node, of: id, db)
        case .item(let item, let keep):
            guard item.payload.count <= limits.itemBytes else { throw StorageFault.limit("itemBytes") }
            try NodeRows.publish(item, keep: min(keep, limits.itemsPerNode), of: (id, name), db)
        case .itemRemoval(let node, let item): try NodeRows.retract(item, node: node, of: id, db)
        case .purge(let node): try NodeRows.purge(node, of: id, db)
        }
    }
}
