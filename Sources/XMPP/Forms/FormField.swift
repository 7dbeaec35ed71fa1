// One field of a data form.
public import XML

extension DataForm {
    /// A field of a data form (XEP-0004 §3.2).
    public struct Field: Sendable, Equatable {
        /// The data types of fields (XEP-0004 §3.3).
        public enum Kind: String, Sendable, CaseIterable {
            /// Yes or no.
            case boolean
            /// Words between the fields.
            case fixed
            /// Not shown, returned as it is.
            case hidden
            /// Several addresses.
            case jidMulti = "jid-multi"
            /// One address.
            case jidSingle = "jid-single"
            /// Some of the options.
            case listMulti = "list-multi"
            /// One of the options.
            case listSingle = "list-single"
            /// Lines of text.
            case textMulti = "text-multi"
            /// One line of text that is obscured when shown.
            case textPrivate = "text-private"
            /// One line of text.
            case textSingle = "text-single"
        }

        /// One of the choices of a list.
        public struct Option: Sendable, Equatable {
            /// What is submitted.
            public var value: String
            /// What is shown.
            public var label: String?

            /// Makes an option.
            public init(_ value: String, label: String? = nil) {
                self.value = value
                self.label = label
            }
        }

        /// The `var` attribute; empty for fixed fields, which need none.
        public var name: String
        /// The data type; nil if the field does not say, or says one that does not exist.
        public var kind: Kind?
        /// What is shown.
        public var label: String?
        /// A longer explanation: `desc`.
        public var explanation: String?
        /// Whether the form is incomplete without it.
        public var isRequired: Bool
        /// The values: those there already, those filled in, or those returned.
        public var values: [String]
        /// The choices of a list.
        public var options: [Option]
        /// Elements of other namespaces: validation (XEP-0122), media (XEP-0221).
        public var extensions: [Element]

        /// Makes a field with any number of values.
        public init(
            _ name: String, _ kind: Kind? = nil, label: String? = nil, values: [String] = [],
            options: [Option] = [], isRequired: Bool = false, explanation: String? = nil, extensions: [Element] = []
        ) {
            self.name = name
            self.kind = kind
            self.label = label
            self.values = values
            self.options = options
            self.isRequired = isRequired
            self.explanation = explanation
            self.extensions = extensions
        }

        /// Makes a field with one value.
        public init(_ name: String, _ kind: Kind? = nil, label: String? = nil, value: String) {
            self.init(name, kind, label: label, values: [value])
        }

        /// Makes a boolean field.
        public init(_ name: String, label: String? = nil, flag: Bool) {
            self.init(name, .boolean, label: label, values: [flag ? "1" : "0"])
        }

        /// The first value as yes or no: `1`, `true`, `0` or `false` (XEP-0004 §3.3), no value at all meaning no,
        /// which is the default. Nil for any other text.
        public var flag: Bool? {
            switch values.first?.trimmedOfXMLSpace {
            case "1", "true": true
            case nil, "0", "false": false
            default: nil
            }
        }

        /// Whether other values than the options may be submitted: `open` validation (XEP-0122 §3.2.2).
        public var isOpen: Bool {
            extensions.contains {
                $0.is("validate", NS.formValidation) && $0.child("open", NS.formValidation) != nil
            }
        }

        /// The validation element that leaves a list open (XEP-0122 §3.2.2).
        public static func openValidation(_ datatype: String = "xs:string") -> Element {
            Element("validate", NS.formValidation, ["datatype": datatype]) { Element("open", NS.formValidation) }
        }
    }
}

extension DataForm.Field {
    /// Reads a `field` element; whatever is missing is left out.
    init(reading element: Element) {
        self.init(element["var"] ?? "", element["type"].flatMap(Kind.init(rawValue:)), label: element["label"])
        for child in element.children {
            guard child.namespace == NS.dataForms else {
                extensions.append(child)
                continue
            }
            switch child.name {
            case "value": values.append(child.text)
            case "required": isRequired = true
            case "desc": explanation = child.text
            case "option":
                guard let value = child.child("value", NS.dataForms) else { continue }
                options.append(Option(value.text, label: child["label"]))
            default: break
            }
        }
    }

    /// The `field` element. A text of several lines is written a line a value, as XEP-0004 §3.3 wants it.
    var element: Element {
        let lines = kind == .textMulti ? values.flatMap { $0.splitIntoLines } : values
        return Element(
            "field", NS.dataForms, ["var": name.isEmpty ? nil : name, "type": kind?.rawValue, "label": label]
        ) {
            explanation.map { text in Element("desc", NS.dataForms) { text } }
            if isRequired { Element("required", NS.dataForms) }
            lines.map { value in Element("value", NS.dataForms) { value } }
            options.map { option in
                Element("option", NS.dataForms, ["label": option.label]) {
                    Element("value", NS.dataForms) { option.value }
                }
            }
            extensions
        }
    }
}

extension String {
    /// The lines of a text, however they end; at least one.
    fileprivate var splitIntoLines: [String] {
        split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }.map(String.init)
    }
}
