// The directory as somebody sees it: a page of the store, and of every room on it whether it shows itself.

import DialectKit
import Rooms
import Storage
import XMPP

/// What the directory shows of a room, and to whom (MIXC-041, rule mix-0.0.1 O-02).
struct DirectoryFace: Sendable {
    let title: String?
    let isMembersOnly: Bool
    private let affiliations: Affiliations

    init(_ room: Room) {
        let settings = room.settings
        let isListed = room.state == .open && settings.isPublic && !settings.isAdHoc
        title = !isListed ? nil : settings.title.isEmpty ? room.name.local : settings.title
        isMembersOnly = settings.isMembersOnly
        affiliations = room.affiliations
    }

    /// The name under which somebody finds the room; nil: it is not for such as this one.
    func title(for jid: JID) -> String? {
        let rank = affiliations.affiliation(of: jid)
        return rank > .none || (rank == .none && !isMembersOnly) ? title : nil
    }
}

/// A page of the directory.
struct DirectoryPage: Sendable {
    /// What is to be found.
    var items: [DiscoItems.Item]
    /// Where the page stands among everything that is listed.
    let place: ResultSet.Answer
    /// There is more than this page.
    let isPart: Bool
}

/// What somebody looks for in the directory.
struct DirectoryWish: Sendable {
    let asker: JID
    let domain: String
    var after: String?
    var most: Int?
}

/// A room is asked whether it shows itself to somebody.
struct Seeking: Sendable {
    let asker: JID
    let done: @Sendable (String?, isolated Shard) -> Void
}

extension Shard {
    /// A page of the rooms that somebody may find, in the order of their names. Channels are asked themselves, one
    /// after the other: they are listed only for those who may subscribe to them (MIXC-041).
    func lookUp(
        _ wish: DirectoryWish, in service: Service,
        _ answer: @escaping @Sendable (Result<DirectoryPage, StorageFault>, isolated Shard) -> Void
    ) {
        lookUps += 1
        let done = { @Sendable (page: Result<DirectoryPage, StorageFault>, shard: isolated Shard) in
            shard.lookUps -= 1
            answer(page, shard)
        }
        let (house, home, name) = (house, house.shards[index], service.facts.name)
        let most = max(0, min(wish.most ?? house.limits.directoryPage, house.limits.directoryPage))
        let asksRooms = service.tables[wish.domain]?.dialects.allSatisfy(\.tellsSessions) == true
        house.store.roomCount(of: name, listedOnly: true) { counted in
            house.store.directory(of: name, listedOnly: true, after: wish.after, limit: most) { listed in
                home.loop.execute {
                    home.assumeIsolated { shard in
                        do throws(StorageFault) {
                            let (count, entries) = (try counted.get(), try listed.get())
                            let place = ResultSet.Answer(
                                first: entries.first?.name, last: entries.last?.name, count: count)
                            let page = DirectoryPage(items: [], place: place, isPart: entries.count < count)
                            let back = { @Sendable (items: [DiscoItems.Item], shard: isolated Shard) in
                                var page = page
                                page.items = items
                                done(.success(page), shard)
                            }
                            guard asksRooms else { return back(entries.compactMap { $0.item(at: wish.domain) }, shard) }
                            shard.ask(entries[...], [], wish, in: name, answering: shard.index, back)
                        } catch {
                            done(.failure(error), shard)
                        }
                    }
                }
            }
        }
    }

    private func ask(
        _ rest: ArraySlice<DirectoryEntry>, _ found: [DiscoItems.Item], _ wish: DirectoryWish, in service: String,
        answering home: Int, _ done: @escaping @Sendable ([DiscoItems.Item], isolated Shard) -> Void
    ) {
        guard let entry = rest.first else { return ask(home) { done(found, $0) } }
        ask(house.shard(ofLocal: entry.name)) { shard in
            guard let hall = shard.hall(of: service) else { return }
            let seeking = Seeking(asker: wish.asker) { title, shard in
                let item = title.flatMap { title in entry.item(at: wish.domain, as: title) }
                shard.ask(
                    rest.dropFirst(), found + (item.map { [$0] } ?? []), wish, in: service, answering: home, done)
            }
            hall.room(entry.name, on: shard).post(.sought(seeking), on: shard)
        }
    }
}

extension DirectoryEntry {
    fileprivate func item(at domain: String, as present: String? = nil) -> DiscoItems.Item? {
        guard let jid = try? JID(local: name, domain: domain, resource: nil) else { return nil }
        return DiscoItems.Item(jid: jid, name: present ?? (title.isEmpty ? name : title))
    }
}
