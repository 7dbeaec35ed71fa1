// What the disk truly has of every room that ever was: the truth against which all that was told is held.

import Rooms
import Storage
import XML
import XMPP

/// The journals of all rooms, ended ones included, as they were truly committed.
package struct Ledger: Sendable {
    /// One life of a room: a name may have several.
    struct Life: Sendable {
        let key: RoomKey
        let number: RoomNumber
        fileprivate(set) var rows: [EventRecord] = []
        /// What was said, in order; a text is in it as often as it was written.
        fileprivate(set) var said: [String] = []
        fileprivate(set) var subject: String?
        /// Who has ever been admin or owner.
        fileprivate(set) var rulers: Set<JID> = []
        fileprivate(set) var isOver = false
    }

    /// Where something said stands.
    struct Place: Sendable, Equatable {
        let life: RoomNumber
        /// Among what was said in that life, from 0.
        let index: Int
    }

    private(set) var lives: [RoomNumber: Life] = [:]
    private var places: [String: [Place]] = [:]

    /// Every place at which this was written: one, if all is well.
    func places(of text: String) -> [Place] { places[text] ?? [] }

    func life(_ number: RoomNumber) -> Life? { lives[number] }

    /// The life of a room that is not over.
    func living(_ name: String) -> Life? { lives.values.first { $0.key.name == name && !$0.isOver } }

    /// Whether this life of a room is over; where the life is not known, whether any is.
    func hasEnded(_ name: String, _ number: RoomNumber?) -> Bool {
        if let number { return lives[number]?.isOver ?? true }
        return lives.values.contains { $0.key.name == name && $0.isOver }
    }

    /// All lives, the oldest first.
    var inOrder: [Life] { lives.values.sorted { $0.number.rawValue < $1.number.rawValue } }

    /// A batch is durable.
    mutating func write(_ batch: RoomBatch, as number: RoomNumber) {
        if lives[number] == nil { lives[number] = Life(key: batch.key, number: number) }
        if batch.ends { return end(number) }
        for record in batch.events { add(record, to: number) }
    }

    /// A room is gone.
    mutating func end(_ number: RoomNumber) { lives[number]?.isOver = true }

    private mutating func add(_ record: EventRecord, to number: RoomNumber) {
        lives[number]?.rows.append(record)
        switch try? EventCoding.decode(record.body) {
        case .conversation(.said(let message)):
            let text = message.payload.first { $0.name == "body" }?.text ?? ""
            places[text, default: []].append(Place(life: number, index: lives[number]?.said.count ?? 0))
            lives[number]?.said.append(text)
        case .conversation(.subjectChanged(let message)): lives[number]?.subject = Subject.text(of: message)
        case .lifecycle(.created(let creation)): lives[number]?.rulers.insert(creation.owner.bare)
        case .governance(.affiliationChanged(let change)) where change.affiliation >= .admin:
            lives[number]?.rulers.insert(change.jid.bare)
        default: break
        }
    }
}
