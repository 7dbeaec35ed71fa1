// The configuration form that an owner is offered.

import Rooms
import XMPP

/// The muc#roomconfig form of a room with its present values (XEP-0045 §10.2, §16.5.3; MUC-310).
struct RoomConfigForm {
    let form: DataForm

    /// - Parameter address: the room, as the owner knows it.
    init(_ room: Room, _ address: JID) {
        var fields: [DataForm.Field] = []
        for field in ConfigField.all {
            if field.setting == .password {
                fields.append(
                    DataForm.Field(
                        ConfigField.passwordFlag, label: "A password is needed", flag: room.settings.password != nil))
            }
            fields.append(Self.field(field, Self.shown(field.setting, room.settings[field.setting])))
        }
        fields.append(Self.list(ConfigField.admins, "Admins", room.affiliations.list(.admin)))
        fields.append(Self.list(ConfigField.owners, "Owners", room.affiliations.list(.owner)))
        form = DataForm(
            .form, formType: NS.mucRoomConfig, title: "Configuration of \(address)",
            instructions: ["Fields that you leave out stay as they are."], fields: fields)
    }

    /// To Multi-User Chat a channel where some show their addresses is one where moderators see them (rule T-07).
    private static func shown(_ setting: Setting, _ value: SettingValue) -> SettingValue {
        setting == .whois && value == .choice("optional") ? .choice("moderators") : value
    }

    private static func field(_ field: ConfigField, _ value: SettingValue) -> DataForm.Field {
        switch value {
        case .flag(let flag): return DataForm.Field(field.name, label: field.label, flag: flag)
        case .text(let text):
            let kind: DataForm.Field.Kind = field.setting == .password ? .textPrivate : .textSingle
            return DataForm.Field(field.name, kind, label: field.label, value: text)
        case .number(let number): return self.number(field, number)
        case .choice(let word):
            guard case .choice(let words) = field.setting.kind else { break }
            return DataForm.Field(
                field.name, .listSingle, label: field.label, values: [word],
                options: words.filter { $0 != "optional" }.map { .init($0) })
        case .roles(let roles):
            let all: [Role] = [.moderator, .participant, .visitor]
            return DataForm.Field(
                field.name, .listMulti, label: field.label, values: all.filter(roles.contains).map(\.token),
                options: all.map { .init($0.token) })
        case .lines(let lines): return DataForm.Field(field.name, .textMulti, label: field.label, values: lines)
        }
        return DataForm.Field(field.name, label: field.label)
    }

    /// A number that may be none is a list, as XEP-0045 has it, from which clients may depart (XEP-0122 §3.2.2).
    private static func number(_ field: ConfigField, _ number: Int?) -> DataForm.Field {
        guard case .number(_, allowsNone: true) = field.setting.kind else {
            return DataForm.Field(field.name, .textSingle, label: field.label, value: number.map(String.init) ?? "")
        }
        let usual = [10, 20, 50, 100, 200, 500]
        let numbers = Set(usual + (number.map { [$0] } ?? [])).sorted()
        return DataForm.Field(
            field.name, .listSingle, label: field.label, values: [number.map(String.init) ?? "none"],
            options: numbers.map { .init(String($0)) } + [.init("none")],
            extensions: [DataForm.Field.openValidation()])
    }

    private static func list(_ name: String, _ label: String, _ jids: [JID]) -> DataForm.Field {
        DataForm.Field(name, .jidMulti, label: label, values: jids.map(\.description))
    }
}
