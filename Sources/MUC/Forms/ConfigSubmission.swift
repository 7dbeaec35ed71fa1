// A submitted configuration, however a client spelt it.

import Rooms
import XMPP

/// Reads a submitted muc#roomconfig form (XEP-0045 §10.2): clients send hand-made ones without ever fetching ours, so
/// unknown fields, missing fields and missing types pass (MUC-311, MUC-372); values that make no sense do not.
struct ConfigSubmission {
    let configuration: Configuration

    /// - Throws: `bad-request` for a form of another kind or a value of another type; `not-acceptable` for a password
    ///   that is asked for and not given (MUC-321).
    init(_ form: DataForm, for room: Room) throws(StanzaError) {
        if let context = form.formType, context != NS.mucRoomConfig {
            throw StanzaError(.badRequest, text: "This is a form for \(context).")
        }
        var settings: [Setting: SettingValue] = [:]
        for field in ConfigField.all {
            let names = [field.name] + field.aliases
            guard let submitted = names.lazy.compactMap({ form.field($0) }).first else { continue }
            settings[field.setting] = try Self.value(submitted, of: field)
        }
        // whoever leaves what it was shown changes nothing (rule T-07)
        let isOptional = room.settings[.whois] == .choice("optional")
        if isOptional, settings[.whois] == .choice("moderators") { settings[.whois] = nil }
        settings[.password] = try Self.password(settings[.password], form, room.settings)
        configuration = Configuration(
            settings: settings, owners: try Self.addresses(form, ConfigField.owners),
            admins: try Self.addresses(form, ConfigField.admins))
    }

    /// The password to set; nil leaves it. The flag and the secret are two fields for one setting.
    private static func password(
        _ secret: SettingValue?, _ form: DataForm, _ present: Settings
    ) throws(StanzaError) -> SettingValue? {
        guard let field = form.field(ConfigField.passwordFlag), !field.values.isEmpty else { return secret }
        guard let isWanted = field.flag else { throw badValue(ConfigField.passwordFlag) }
        guard isWanted else { return .text("") }
        let chosen = secret ?? present[.password]
        guard chosen != .text("") else {
            throw StanzaError(.notAcceptable, text: "A room with a password needs one.")
        }
        return secret
    }

    /// - Returns: nil where a field without a value leaves the setting as it is.
    private static func value(
        _ submitted: DataForm.Field, of field: ConfigField
    ) throws(StanzaError) -> SettingValue? {
        let values = submitted.values
        switch field.setting.kind {
        case .text: return .text(values.joined(separator: "\n"))
        case .lines: return .lines(values.filter { !$0.isEmpty })
        case .roles: return try roles(values, field)
        case .flag:
            guard !values.isEmpty else { return nil }
            guard let flag = submitted.flag else { throw badValue(field.name) }
            return .flag(flag)
        case .number(_, let allowsNone):
            guard let text = values.first else { return nil }
            if allowsNone, text.isEmpty || text == "none" { return .number(nil) }
            guard let number = Int(text) else { throw badValue(field.name) }
            return .number(number)
        case .choice(let words):
            guard let text = values.first else { return nil }
            let word = field.spellings[text] ?? text
            guard words.contains(word) else { throw badValue(field.name) }
            return .choice(word)
        }
    }

    private static func roles(_ values: [String], _ field: ConfigField) throws(StanzaError) -> SettingValue {
        var roles: Set<Role> = []
        for token in values where !token.isEmpty {
            guard let role = Role(token: token) else { throw badValue(field.name) }
            if role != .none { roles.insert(role) }
        }
        return .roles(roles)
    }

    private static func addresses(_ form: DataForm, _ name: String) throws(StanzaError) -> [JID]? {
        guard let values = form.values(of: name) else { return nil }
        var jids: [JID] = []
        for text in values where !text.isEmpty {
            guard let jid = try? JID(text) else { throw badValue(name) }
            jids.append(jid.bare)
        }
        return jids
    }

    private static func badValue(_ field: String) -> StanzaError {
        StanzaError(.badRequest, text: "\(field) cannot have this value.")
    }
}
