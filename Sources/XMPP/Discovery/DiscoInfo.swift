// What an entity is and can: the answer to a disco#info request.
public import XML

/// Identities, features and forms of an entity or node (XEP-0030 §3, XEP-0128).
public struct DiscoInfo: Sendable, Equatable {
    /// What an entity is.
    public struct Identity: Sendable, Hashable {
        /// `conference`, `server`, `client` … (the XMPP Registrar's categories).
        public var category: String
        /// `text`, `im`, `pc` …, within the category.
        public var type: String
        /// A name for people.
        public var name: String?
        /// The language of `name`.
        public var language: String?

        /// Makes an identity.
        public init(category: String, type: String, name: String? = nil, language: String? = nil) {
            self.category = category
            self.type = type
            self.name = name
            self.language = language
        }
    }

    /// The node asked about; nil for the entity itself.
    public var node: String?
    /// What the entity is; everybody is at least one thing.
    public var identities: [Identity]
    /// What it can, by namespace or feature name, in the order it is written.
    public var features: [String]
    /// Further information (XEP-0128).
    public var forms: [DataForm]

    /// Makes an answer, or with nothing but a node the question.
    public init(
        node: String? = nil, identities: [Identity] = [], features: [String] = [], forms: [DataForm] = []
    ) {
        self.node = node
        self.identities = identities
        self.features = features
        self.forms = forms
    }

    /// Reads a `query` element; nil if it is none. Identities and features without the attributes they must have
    /// are passed over.
    public init?(reading element: Element) {
        guard element.is("query", NS.discoInfo) else { return nil }
        self.init(node: element["node"])
        for child in element.children {
            if child.is("feature", NS.discoInfo) {
                if let feature = child["var"] { features.append(feature) }
            } else if child.is("identity", NS.discoInfo) {
                guard let category = child["category"], let type = child["type"] else { continue }
                let language = child.language
                identities.append(
                    Identity(category: category, type: type, name: child["name"], language: language))
            } else if let form = DataForm(reading: child) {
                forms.append(form)
            }
        }
    }

    /// The `query` element.
    public var element: Element {
        Element("query", NS.discoInfo, ["node": node]) {
            identities.map { identity in
                Element(
                    "identity", NS.discoInfo,
                    ["category": identity.category, "type": identity.type, "name": identity.name],
                    language: identity.language)
            }
            features.map { feature in Element("feature", NS.discoInfo, ["var": feature]) }
            forms.map(\.element)
        }
    }

    /// The form with this FORM_TYPE.
    public func form(_ formType: String) -> DataForm? {
        forms.first { $0.formType == formType }
    }
}
