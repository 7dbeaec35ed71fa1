// The form by which an archive tells what can be searched for.
public import XML

/// The fields of an archive's form (XEP-0313 §4.1).
public enum ArchiveForm {
    /// A field that queries may have.
    public enum Field: String, Sendable, CaseIterable {
        /// Messages of this time or later.
        case start
        /// Messages of this time or earlier.
        case end
        /// Messages that have to do with this address.
        case with
        /// Messages before this one.
        case beforeID = "before-id"
        /// Messages after this one.
        case afterID = "after-id"
        /// These messages.
        case ids
        /// Whether groupchat messages are wanted, in archives of accounts only (XEP-0313 §4.1.4).
        case includesGroupchat = "include-groupchat"
    }

    /// What can be searched for in the archive of a room.
    public static let room: [Field] = [.start, .end, .with, .beforeID, .afterID, .ids]
    /// What can be searched for in the archive of an account.
    public static let account: [Field] = room + [.includesGroupchat]

    /// The answer to a `query` of type `get`: no field is required, and any ids may be named (XEP-0313 §4.1.5).
    public static func answer(_ fields: [Field]) -> Element {
        let form = DataForm(.form, formType: NS.mam, fields: fields.map(\.formField))
        return Element("query", NS.mam) { form.element }
    }
}

extension ArchiveForm.Field {
    fileprivate var formField: DataForm.Field {
        switch self {
        case .with: DataForm.Field(rawValue, .jidSingle)
        case .ids: DataForm.Field(rawValue, .listMulti, extensions: [DataForm.Field.openValidation()])
        case .includesGroupchat: DataForm.Field(rawValue, .boolean)
        case .start, .end, .beforeID, .afterID: DataForm.Field(rawValue, .textSingle)
        }
    }
}
