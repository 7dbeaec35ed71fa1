// Texts become JIDs: one scan for plain ASCII, PRECIS and IDNA for the rest.

extension JID {
    /// Reads and prepares an address (RFC 7622 §3).
    ///
    /// The resourcepart begins after the first `/`, the localpart ends at the first `@` before it (§3.1).
    /// - Throws: ``JIDFault``.
    public init(_ string: String) throws(JIDFault) {
        guard string.utf8.count <= Self.maximumOctets else { throw .tooLong }
        if let plain = ASCIIAddress(string) {
            self = plain.jid(of: string)
        } else {
            self = try Self.prepared(string)
        }
    }

    /// Prepares an address given in parts; nil is a part that is not there, "" a part that is and is empty.
    ///
    /// - Throws: ``JIDFault``.
    public init(local: String?, domain: String, resource: String?) throws(JIDFault) {
        let size = (local?.utf8.count ?? -1) + (resource?.utf8.count ?? -1) + domain.utf8.count + 2
        guard size <= Self.maximumOctets else { throw .tooLong }
        // Joined and read again, so that a plain address costs one allocation and one scan: what would then
        // be taken for a separator is looked for first.
        if let local, let separator = local.unicodeScalars.first(where: { $0 == "@" || $0 == "/" }) {
            throw .local(.forbidden(separator))
        }
        if let separator = domain.unicodeScalars.first(where: { $0 == "@" || $0 == "/" }) {
            throw .domain(.forbidden(separator))
        }
        var text = ""
        text.reserveCapacity(size)
        if let local {
            text += local
            text += "@"
        }
        text += domain
        if let resource {
            text += "/"
            text += resource
        }
        try self.init(text)
    }

    /// The way of any address that is not plain ASCII, or not valid: part by part.
    private static func prepared(_ string: String) throws(JIDFault) -> JID {
        var rest = string[...]
        var resource: String?
        if let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) {
            resource = String(rest[rest.utf8.index(after: slash)...])
            rest = rest[..<slash]
        }
        var text = ""
        var localEnd = 0
        if let at = rest.utf8.firstIndex(of: UInt8(ascii: "@")) {
            text = try preparedLocal(String(rest[..<at]))
            localEnd = text.utf8.count
            text += "@"
            rest = rest[rest.utf8.index(after: at)...]
        }
        text += try preparedDomain(String(rest))
        let domainEnd = text.utf8.count
        if let resource {
            text += "/"
            text += try preparedResource(resource)
        }
        return JID(prepared: text, localEnd: localEnd, domainEnd: domainEnd)
    }

    /// A localpart: UsernameCaseMapped without the eight characters of RFC 7622 §3.3.1.
    private static func preparedLocal(_ text: String) throws(JIDFault) -> String {
        let part: String
        do throws(PRECISFault) { part = try PRECIS.usernameCaseMapped(text) } catch { throw .local(.init(error)) }
        guard part.utf8.count <= maximumPartOctets else { throw .local(.tooLong) }
        // Looked for in the prepared text, because width mapping makes them out of their fullwidth forms.
        if let excluded = part.unicodeScalars.first(where: { "\"&'/:<>@".unicodeScalars.contains($0) }) {
            throw .local(.forbidden(excluded))
        }
        return part
    }

    /// A domainpart.
    private static func preparedDomain(_ text: String) throws(JIDFault) -> String {
        let part: String
        do throws(JIDFault.Reason) { part = try DomainPart.prepare(text) } catch { throw .domain(error) }
        guard part.utf8.count <= maximumPartOctets else { throw .domain(.tooLong) }
        return part
    }

    /// A resourcepart: OpaqueString (RFC 7622 §3.4).
    static func preparedResource(_ text: String) throws(JIDFault) -> String {
        guard text.utf8.count <= maximumOctets else { throw .tooLong }
        let part: String
        do throws(PRECISFault) { part = try PRECIS.opaqueString(text) } catch { throw .resource(.init(error)) }
        guard part.utf8.count <= maximumPartOctets else { throw .resource(.tooLong) }
        return part
    }
}
