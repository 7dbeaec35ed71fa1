// What is the case before a play begins: rooms that are there, people in them, contacts.

import XML
import XMPP

extension Play {
    // MARK: Rooms

    func make(_ setup: SetupRoom, _ at: Int) async throws {
        let address = "\(setup.room)@{muc}"
        let from = sender(setup.owner)
        let entry = "<presence\(from) to='\(address)/\(setup.nick)'><x xmlns='\(NS.muc)'/></presence>"
        let entered = try await exchange(entry, as: setup.owner, at)
        guard entered.contains(where: { $0.name == "presence" && $0["type"] == nil }) else {
            throw fault(at, "\(setup.owner) could not make the room: \(entered)")
        }
        let fields = setup.fields.map { field in
            let values = field.values.map { "<value>\($0)</value>" }.joined()
            return "<field var='\(field.name)'>\(values)</field>"
        }
        let type = "<field var='FORM_TYPE'><value>\(NS.mucRoomConfig)</value></field>"
        let form = "<x xmlns='\(NS.dataForms)' type='submit'>\(fields.isEmpty ? "" : type)\(fields.joined())</x>"
        let request =
            "<iq type='set' id='setup'\(from) to='\(address)'><query xmlns='\(NS.mucOwner)'>\(form)</query></iq>"
        let answers = try await exchange(request, as: setup.owner, at)
        guard answers.contains(where: { $0.name == "iq" && $0["type"] == "result" }) else {
            throw fault(at, "\(setup.owner) could not configure the room: \(answers)")
        }
        forgetArrived()
    }

    func enter(_ who: String, _ room: String, _ nick: String, _ password: String?, _ at: Int) async throws {
        let address = "\(room)@{muc}/\(nick)"
        let from = sender(who)
        let secret = password.map { "<password>\($0)</password>" } ?? ""
        let entry =
            switch cast[who]?.part.dialect {
            case .groupchat: "<presence\(from) to='\(address)'/>"
            default: "<presence\(from) to='\(address)'><x xmlns='\(NS.muc)'>\(secret)</x></presence>"
            }
        let told = try await exchange(entry, as: who, at)
        let own = "\(room)@\(stage.rooms)/\(nick)"
        guard told.contains(where: { $0.name == "presence" && $0["type"] == nil && $0["from"] == own }) else {
            throw fault(at, "\(who) did not get in as \(nick): \(told)")
        }
        forgetArrived()
    }

    /// Who sends a stanza, where that must be said; with a space before it.
    func sender(_ who: String, bare: Bool = false) -> String {
        cast[who]?.part.start == .afar ? " from='{\(who)\(bare ? ".bare" : "")}'" : ""
    }

    // MARK: Contacts

    func makeAvailable(_ names: [String], _ at: Int) async throws {
        for name in names {
            let presence = cast[name]?.part.features.map { ClientFeatures($0).presence } ?? .presence()
            let told = try await exchange(presence.description, as: name, at)
            if let error = told.first(where: { $0["type"] == "error" }) {
                throw fault(at, "\(name) could not become available: \(error)")
            }
        }
        forgetArrived()
    }

    /// Each asks and each agrees (RFC 6121 §3.1).
    func befriend(_ one: String, _ other: String, _ at: Int) async throws {
        for (asking, asked) in [(one, other), (other, one)] {
            for (who, type, whom) in [(asking, "subscribe", asked), (asked, "subscribed", asking)] {
                let told = try await exchange("<presence type='\(type)' to='{\(whom).bare}'/>", as: who, at)
                if let error = told.first(where: { $0["type"] == "error" }) {
                    throw fault(at, "\(one) and \(other) could not become contacts: \(error)")
                }
            }
        }
        forgetArrived()
    }
}
