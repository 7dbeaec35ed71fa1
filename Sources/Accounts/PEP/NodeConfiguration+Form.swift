// The configuration of a node as a form, and what is submitted of it.

import XMPP

extension NodeConfiguration {
    /// Why what was submitted cannot be taken.
    enum Fault: Error, Equatable {
        /// No node has such a field.
        case unknown(field: String)
        /// The field cannot have this value here.
        case badValue(field: String)
    }

    /// The form (XEP-0060 §8.2.2), or what is stored of it.
    func form(_ type: DataForm.Kind) -> DataForm {
        let most = maxItems == .max ? "max" : String(maxItems)
        return DataForm(
            type, formType: NS.pubsubNodeConfig,
            fields: [
                .init("pubsub#title", .textSingle, label: "Title", value: title),
                .init("pubsub#access_model", .listSingle, label: "Who may read it", choosing: access),
                .init("pubsub#roster_groups_allowed", .listMulti, label: "Roster groups that may", values: groups),
                .init("pubsub#persist_items", label: "Items are kept", flag: persistsItems),
                .init("pubsub#max_items", .textSingle, label: "Items that are kept, or max", value: most),
                .init(
                    "pubsub#send_last_published_item", .listSingle, label: "The last item is sent",
                    choosing: lastItem),
                .init("pubsub#deliver_payloads", label: "Notifications carry the item", flag: deliversPayloads),
                .init("pubsub#notify_retract", label: "Removed items are told", flag: notifiesRetraction),
                .init("pubsub#notify_delete", label: "Deletion of the node is told", flag: notifiesDeletion),
                .init("pubsub#notify_config", label: "Changes of this form are told", flag: notifiesConfiguration),
                .init("pubsub#notification_type", .listSingle, label: "Type of messages", choosing: notification),
                .init("pubsub#publish_model", .listSingle, label: "Who may publish", choosing: Publishing.publishers),
                .init("pubsub#type", .textSingle, label: "Namespace of the items", value: payloadType),
                .init(
                    "pubsub#item_expire", .textSingle, label: "Seconds until an item expires, or max",
                    value: itemExpiry.map(String.init) ?? "max"),
            ])
    }

    /// Who may publish: in personal eventing the owner alone (XEP-0163 §2.2).
    private enum Publishing: String, CaseIterable { case publishers }

    /// This configuration with what a form says.
    ///
    /// - Parameter mostItems: how many items the server keeps at most; to demand more is to demand that many.
    func applying(_ form: DataForm, mostItems: Int) throws(Fault) -> NodeConfiguration {
        var new = self
        for field in form.fields where field.name != DataForm.formTypeField {
            try new.take(field, mostItems: mostItems)
        }
        return new
    }

    private mutating func take(_ field: DataForm.Field, mostItems: Int) throws(Fault) {
        let text = field.values.first ?? ""
        switch field.name {
        case "pubsub#title": title = text
        case "pubsub#access_model": access = try Self.choice(text, of: field)
        case "pubsub#roster_groups_allowed": groups = field.values
        case "pubsub#persist_items": persistsItems = try Self.flag(field)
        case "pubsub#max_items":
            let number = try Self.count(text, of: field) ?? .max
            maxItems = number >= mostItems ? .max : max(number, 1)
        case "pubsub#send_last_published_item": lastItem = try Self.choice(text, of: field)
        case "pubsub#deliver_payloads": deliversPayloads = try Self.flag(field)
        case "pubsub#notify_retract": notifiesRetraction = try Self.flag(field)
        case "pubsub#notify_delete": notifiesDeletion = try Self.flag(field)
        case "pubsub#notify_config": notifiesConfiguration = try Self.flag(field)
        case "pubsub#notification_type": notification = try Self.choice(text, of: field)
        case "pubsub#publish_model":
            let _: Publishing = try Self.choice(text, of: field)
        case "pubsub#type": payloadType = text
        case "pubsub#item_expire": itemExpiry = try Self.count(text, of: field)
        default: throw .unknown(field: field.name)
        }
    }

    private static func choice<Choice: RawRepresentable>(
        _ text: String, of field: DataForm.Field
    ) throws(Fault) -> Choice where Choice.RawValue == String {
        guard let choice = Choice(rawValue: text) else { throw .badValue(field: field.name) }
        return choice
    }

    private static func flag(_ field: DataForm.Field) throws(Fault) -> Bool {
        guard let flag = field.flag else { throw .badValue(field: field.name) }
        return flag
    }

    /// A whole number from 0 up; nil for `max` and for nothing, which both mean no bound.
    private static func count(_ text: String, of field: DataForm.Field) throws(Fault) -> Int? {
        if text == "max" || text.isEmpty { return nil }
        guard let number = Int(text), number >= 0 else { throw .badValue(field: field.name) }
        return number
    }
}

extension DataForm.Field {
    /// A field with one of the choices of a list.
    fileprivate init<Choice: CaseIterable & RawRepresentable>(
        _ name: String, _ kind: Kind, label: String, choosing choice: Choice
    ) where Choice.RawValue == String {
        self.init(
            name, kind, label: label, values: [choice.rawValue],
            options: Choice.allCases.map { Option($0.rawValue) })
    }
}
