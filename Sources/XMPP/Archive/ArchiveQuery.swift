// What somebody wants of an archive: filters, a page, and how it is to be sent.
public import XML

/// A query of an archive (XEP-0313 §3.3, §4): the `query` element of type `set`, understood.
public struct ArchiveQuery: Sendable, Equatable {
    /// The version it is asked in: its results are in the same.
    public var namespace = NS.mam
    /// Copied into every result, if given (XEP-0313 §4.2).
    public var queryID: String?
    /// Only messages of this time or later.
    public var start: Moment?
    /// Only messages of this time or earlier.
    public var end: Moment?
    /// Only messages that have to do with this address: in a room its author, in an account either side.
    public var with: JID?
    /// Only messages before the one with this id.
    public var beforeID: String?
    /// Only messages after the one with this id.
    public var afterID: String?
    /// Only the messages with these ids, each named once; nil: no such filter.
    public var ids: [String]?
    /// Whether groupchat messages of an account's archive are wanted; nil: not said (XEP-0313 §4.1.4).
    public var includesGroupchat: Bool?
    /// Which page of what matches.
    public var page: ResultSet.Request
    /// The page is sent newest first; what is on it stays the same (XEP-0313 §4.3.3).
    public var flipsPage: Bool

    /// Whether fewer messages can match than the archive holds.
    public var isFiltered: Bool {
        start != nil || end != nil || with != nil || beforeID != nil || afterID != nil || ids != nil
            || includesGroupchat == false
    }

    /// Every id the query names: what is not in the archive is answered with `item-not-found` (XEP-0313 §4.1.3).
    public var namedIDs: Set<String> {
        var named = Set(ids ?? [])
        for id in [beforeID, afterID, page.after, page.before] { if let id, !id.isEmpty { named.insert(id) } }
        return named
    }

    /// All messages, the first page of them.
    public init(queryID: String? = nil, page: ResultSet.Request = ResultSet.Request(), flipsPage: Bool = false) {
        self.queryID = queryID
        self.page = page
        self.flipsPage = flipsPage
    }

    /// Reads a `query` element.
    ///
    /// - Parameter fields: those the archive knows (``ArchiveForm``); any other is refused.
    /// - Throws: `feature-not-implemented` for fields nobody knows here and for pages by index,
    ///   `policy-violation` for more `ids` than `limits` allows, `jid-malformed` for `with`,
    ///   `bad-request` for everything else that cannot be understood.
    public init(
        reading element: Element, fields: [ArchiveForm.Field], limits: ArchiveLimits = ArchiveLimits()
    ) throws(StanzaError) {
        self.init(
            queryID: element["queryid"], page: try Self.page(in: element),
            flipsPage: element.child("flip-page", element.namespace) != nil)
        namespace = element.namespace
        guard let x = element.child("x", NS.dataForms) else { return }
        guard let form = DataForm(reading: x), form.type == .submit else {
            throw StanzaError(.badRequest, text: "The form is not of type submit.")
        }
        guard form.formType == namespace else {
            throw StanzaError(.badRequest, text: "FORM_TYPE is not \(namespace).")
        }
        for field in form.fields where field.name != DataForm.formTypeField {
            guard let known = ArchiveForm.Field(rawValue: field.name), fields.contains(known) else {
                throw StanzaError(.featureNotImplemented, text: "There is no field “\(field.name)” here.")
            }
            try take(field, known, limits)
        }
    }

    private static func page(in element: Element) throws(StanzaError) -> ResultSet.Request {
        guard let set = element.child("set", NS.rsm) else { return ResultSet.Request() }
        let page: ResultSet.Request
        do throws(ResultSet.Fault) {
            page = try ResultSet.Request(reading: set)
        } catch {
            throw StanzaError(.badRequest, text: "The page asked for is none.")
        }
        guard page.index == nil else {
            throw StanzaError(.featureNotImplemented, text: "Pages are found by id, not by index.")
        }
        return page
    }

    /// A field without a value is one that was left empty: it filters nothing (XEP-0004 §3.2).
    private mutating func take(
        _ field: DataForm.Field, _ known: ArchiveForm.Field, _ limits: ArchiveLimits
    ) throws(StanzaError) {
        let values = field.values.filter { !$0.isEmpty }
        guard let value = values.first else { return }
        switch known {
        case .start: start = try Self.time(value, field.name)
        case .end: end = try Self.time(value, field.name)
        case .with:
            do throws(JIDFault) { with = try JID(value) } catch { throw StanzaError(.jidMalformed) }
        case .beforeID: beforeID = value
        case .afterID: afterID = value
        case .ids:
            guard values.count <= limits.ids else {
                throw StanzaError(.policyViolation, type: .modify, text: "At most \(limits.ids) ids in one query.")
            }
            ids = values
        case .includesGroupchat:
            guard let flag = field.flag else {
                throw StanzaError(.badRequest, text: "“\(value)” is neither yes nor no.")
            }
            includesGroupchat = flag
        }
    }

    private static func time(_ text: String, _ field: String) throws(StanzaError) -> Moment {
        guard let moment = Moment(xep0082: text) else {
            throw StanzaError(.badRequest, text: "“\(field)” is no time as XEP-0082 writes it.")
        }
        return moment
    }
}
