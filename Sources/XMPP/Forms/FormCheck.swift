// Checks what was submitted against the form that was offered.

/// Why a submission does not fit its form.
public enum FormFault: Error, Sendable, Equatable {
    /// It is not of type `submit`.
    case notASubmission
    /// A required field is missing or has no value.
    case missing(field: String)
    /// A field for one value has several.
    case tooManyValues(field: String)
    /// A value is not of the field's type.
    case badValue(field: String)
    /// A value is none of the options of a list that is not open.
    case notAnOption(field: String)

    /// The field at fault; nil if it is the whole form.
    public var field: String? {
        switch self {
        case .notASubmission: nil
        case .missing(let field), .tooManyValues(let field), .badValue(let field), .notAnOption(let field): field
        }
    }
}

extension DataForm {
    /// Checks a submission against this form, which was (or would be) offered (XEP-0004 §3.3).
    ///
    /// The types are those of the form, not those the submission names. A field the form does not have is ignored,
    /// one the submission does not have is missing only if the form requires it.
    public func check(_ submission: DataForm) throws(FormFault) {
        guard submission.type == .submit else { throw .notASubmission }
        for field in fields where field.kind != .fixed {
            guard let submitted = submission.field(field.name), submitted.values.contains(where: { !$0.isEmpty })
            else {
                if field.isRequired { throw .missing(field: field.name) }
                continue
            }
            try field.check(submitted.values)
        }
    }
}

extension DataForm.Field {
    fileprivate func check(_ values: [String]) throws(FormFault) {
        switch kind ?? .textSingle {
        case .hidden, .fixed, .textMulti:
            return
        case .boolean, .jidSingle, .listSingle, .textPrivate, .textSingle:
            guard values.count == 1 else { throw .tooManyValues(field: name) }
        case .jidMulti, .listMulti:
            break
        }
        for value in values {
            switch kind {
            case .boolean:
                guard DataForm.Field(name, value: value).flag != nil else { throw .badValue(field: name) }
            case .jidSingle, .jidMulti:
                guard (try? JID(value)) != nil else { throw .badValue(field: name) }
            case .listSingle, .listMulti:
                guard isOpen || options.contains(where: { $0.value == value }) else { throw .notAnOption(field: name) }
            default:
                break
            }
        }
    }
}
