// What a presence says its client can, and what the answer to a question about it must hash to.
public import XML

/// The `c` element of a presence (XEP-0115 §4).
public struct Capabilities: Sendable, Hashable {
    /// The name of the hash function; nil in the form before hashes (XEP-0115 §1.4).
    public var hash: String?
    /// A URI of the software.
    public var node: String
    /// The hash of what the client answers to disco#info, in base64.
    public var ver: String

    /// Makes a `c` element.
    public init(hash: String?, node: String, ver: String) {
        self.hash = hash
        self.node = node
        self.ver = ver
    }

    /// What a presence says; nil if it says nothing, or not all that it must.
    public init?(of presence: Stanza) {
        guard let element = presence.child("c", NS.caps), let node = element["node"], let ver = element["ver"]
        else { return nil }
        self.init(hash: element["hash"], node: node, ver: ver)
    }

    /// The node to ask about (XEP-0115 §6.2).
    public var discoNode: String { node + "#" + ver }

    /// The `c` element.
    public var element: Element {
        Element("c", NS.caps, ["hash": hash, "node": node, "ver": ver])
    }
}

extension DiscoInfo {
    /// The string whose hash is the `ver` of XEP-0115 §5.1; nil of an answer that is ill-formed in the sense of §5.4.
    public var verificationString: String? {
        let parts = identities.map { [$0.category, $0.type, $0.language ?? "", $0.name ?? ""] }
        guard Set(parts).count == parts.count, Set(features).count == features.count else { return nil }
        var extended: [(type: String, text: String)] = []
        for form in forms {
            guard let type = form.formType, let context = form.field(DataForm.formTypeField) else { continue }
            guard Set(context.values).count == 1, !extended.contains(where: { $0.type == type }) else { return nil }
            extended.append((type, Self.verification(of: form, type)))
        }
        extended.sort { $0.type.isBeforeInBytes($1.type) }
        let sorted = parts.sorted { $0.lexicographicallyPrecedes($1) { $0.isBeforeInBytes($1) } }
        return sorted.map { $0.joined(separator: "/") + "<" }.joined()
            + features.inByteOrder.map { $0 + "<" }.joined() + extended.map(\.text).joined()
    }

    private static func verification(of form: DataForm, _ type: String) -> String {
        let fields = form.fields.filter { $0.name != DataForm.formTypeField }
            .sorted { $0.name.isBeforeInBytes($1.name) }
        return type + "<"
            + fields.map { field in
                field.name + "<" + field.values.inByteOrder.map { $0 + "<" }.joined()
            }.joined()
    }
}

extension [String] {
    /// In the order of the bytes, "i;octet" (RFC 4790 §9.3).
    fileprivate var inByteOrder: [String] { sorted { $0.isBeforeInBytes($1) } }
}

extension String {
    fileprivate func isBeforeInBytes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
