// What went wrong with a stanza: condition, type, words and details.
public import XML

/// A stanza error (RFC 6120 §8.3).
public struct StanzaError: Error, Sendable, Equatable {
    /// What the sender can do about an error (RFC 6120 §8.3.2).
    public enum Kind: String, Sendable, CaseIterable {
        /// Retry after giving credentials.
        case auth
        /// Do not retry: it cannot be remedied.
        case cancel
        /// Proceed: it was only a warning.
        case `continue`
        /// Retry after changing what was sent.
        case modify
        /// Retry after waiting: it is temporary.
        case wait
    }

    /// What went wrong.
    public var condition: Condition
    /// What the sender can do about it.
    public var type: Kind
    /// The number of the days before conditions (XEP-0086), always written for clients of those days.
    public var code: Int
    /// Words for a person.
    public var text: String?
    /// The language of `text`.
    public var language: String?
    /// Who found the error, where it is not the stanza's `from` (RFC 6120 §8.3.1).
    public var by: JID?
    /// Inside `gone` and `redirect`: the URI of the new address (RFC 6120 §8.3.3.5, §8.3.3.14).
    public var detail: String?
    /// Application-specific conditions (RFC 6120 §8.3.4).
    public var application: [Element]

    /// Makes an error; `type` and `code` are the condition's own unless given.
    public init(
        _ condition: Condition, type: Kind? = nil, code: Int? = nil, text: String? = nil, language: String? = nil,
        by: JID? = nil, detail: String? = nil, application: [Element] = []
    ) {
        self.condition = condition
        self.type = type ?? condition.usualType
        self.code = code ?? condition.legacyCode
        self.text = text
        self.language = language
        self.by = by
        self.detail = detail
        self.application = application
    }

    /// Reads an `error` element and takes whatever there is: one with only a `code` is understood by XEP-0086,
    /// a condition nobody defined is `undefined-condition`, a missing or unknown type is the condition's own.
    public init(reading element: Element) {
        var named: Condition?
        var parsed = StanzaError(.undefinedCondition)
        for child in element.children {
            if child.namespace != NS.stanzas {
                parsed.application.append(child)
            } else if child.name == "text" {
                if parsed.text == nil { (parsed.text, parsed.language) = (child.text, child.language) }
            } else if named == nil {
                named = Condition(rawValue: child.name) ?? .undefinedCondition
                let detail = child.text.trimmedOfXMLSpace
                if !detail.isEmpty { parsed.detail = detail }
            }
        }
        let code = element["code"].flatMap { Int($0) }
        if parsed.text == nil {
            let words = element.text.trimmedOfXMLSpace
            if !words.isEmpty { parsed.text = words }
        }
        let condition = named ?? code.map(Condition.init(legacyCode:)) ?? .undefinedCondition
        parsed.condition = condition
        parsed.type = element["type"].flatMap(Kind.init(rawValue:)) ?? condition.usualType
        parsed.code = code ?? condition.legacyCode
        parsed.by = element["by"].flatMap { try? JID($0) }
        self = parsed
    }

    /// The `error` element, in `jabber:client` (RFC 6120 §8.3.2), with the `code` of XEP-0086.
    public var element: Element {
        Element(
            "error", NS.client, ["type": type.rawValue, "code": String(code), "by": by?.description]
        ) {
            Element(condition.rawValue, NS.stanzas) { detail }
            text.map { text in Element("text", NS.stanzas, language: language) { text } }
            application
        }
    }
}
