// Data forms: a question, an answer, or a set of results, field by field.
public import XML

/// A data form (XEP-0004), with its FORM_TYPE (XEP-0068).
public struct DataForm: Sendable, Equatable {
    /// What a form is for (XEP-0004 §3.1).
    public enum Kind: String, Sendable, CaseIterable {
        /// To be filled in.
        case form
        /// Filled in.
        case submit
        /// Will not be filled in.
        case cancel
        /// Data returned, or just data.
        case result
    }

    /// What the form is for.
    public var type: Kind
    /// A heading for people.
    public var title: String?
    /// Instructions for people, a paragraph each.
    public var instructions: [String]
    /// The fields in order, FORM_TYPE among them.
    public var fields: [Field]
    /// The columns of a result with many items (XEP-0004 §3.4).
    public var reported: [Field]
    /// The items of such a result, each with a field for every column.
    public var items: [[Field]]

    /// The name of the field that names the form's context (XEP-0068).
    public static let formTypeField = "FORM_TYPE"

    /// Makes a form; a `formType` given becomes the first field, hidden.
    public init(
        _ type: Kind, formType: String? = nil, title: String? = nil, instructions: [String] = [],
        fields: [Field] = [], reported: [Field] = [], items: [[Field]] = []
    ) {
        let context = formType.map { [Field(Self.formTypeField, .hidden, value: $0)] } ?? []
        self.type = type
        self.title = title
        self.instructions = instructions
        self.fields = context + fields
        self.reported = reported
        self.items = items
    }

    /// Reads an `x` element; nil if it is none or its type is unknown. Everything else is taken as it comes: fields
    /// may lack their type, be in any order and unknown, and a field that comes twice counts where it came first.
    public init?(reading element: Element) {
        guard element.is("x", NS.dataForms), let type = element["type"].flatMap(Kind.init(rawValue:))
        else { return nil }
        self.init(type)
        for child in element.children where child.namespace == NS.dataForms {
            switch child.name {
            case "title": title = child.text
            case "instructions": instructions.append(child.text)
            case "field": fields.append(Field(reading: child))
            case "reported": reported = Self.fields(in: child)
            case "item": items.append(Self.fields(in: child))
            default: break
            }
        }
    }

    private static func fields(in element: Element) -> [Field] {
        element.children.filter { $0.is("field", NS.dataForms) }.map(Field.init(reading:))
    }

    /// The `x` element.
    public var element: Element {
        Element("x", NS.dataForms, ["type": type.rawValue]) {
            title.map { title in Element("title", NS.dataForms) { title } }
            instructions.map { text in Element("instructions", NS.dataForms) { text } }
            fields.map(\.element)
            if !reported.isEmpty { Element("reported", NS.dataForms) { reported.map(\.element) } }
            items.map { item in Element("item", NS.dataForms) { item.map(\.element) } }
        }
    }

    /// The context that the form names (XEP-0068 §3); nil if it names none. In a form to fill in and in a result
    /// the field must be hidden to count; in what a client submits it may lack its type.
    public var formType: String? {
        guard let field = field(Self.formTypeField) else { return nil }
        switch type {
        case .form, .result: return field.kind == .hidden ? field.values.first : nil
        case .submit, .cancel: return field.values.first ?? ""
        }
    }

    /// The first field of this name.
    public func field(_ name: String) -> Field? {
        fields.first { $0.name == name }
    }

    /// The field's first value; empty if the field is there without one, nil if it is not there.
    public func value(of name: String) -> String? {
        field(name).map { $0.values.first ?? "" }
    }

    /// All values of the field, which may be none; nil if it is not there.
    public func values(of name: String) -> [String]? {
        field(name)?.values
    }

    /// The values of the field as lines of one text (XEP-0004 §3.3, text-multi); nil if it is not there.
    public func text(of name: String) -> String? {
        field(name)?.values.joined(separator: "\n")
    }

    /// The field as yes or no; nil if it is not there or is neither (``Field/flag``).
    public func flag(of name: String) -> Bool? {
        field(name)?.flag
    }
}
