// Stream headers: reading the initiator's, writing our response (RFC 6120 §4.7).

import XML
import XMPP

/// What the initiator's stream header asks for, checked.
struct InitialHeader {
    /// The domain it wants to talk to.
    let to: JID?
    /// Who it says it is.
    let from: JID?
    /// Default language of what it sends.
    let language: String?

    /// Checks a header in the order of its layers: namespaces, version, addresses.
    ///
    /// - Parameter content: the content namespace this kind of stream has. A stream may leave it undeclared and
    ///   qualify each stanza (RFC 6120 §4.8.2).
    init(reading header: StreamHeader, content: String) throws(StreamError) {
        guard header.name == "stream", header.namespace == NS.stream,
            header.defaultNamespace == content || header.defaultNamespace.isEmpty
        else { throw StreamError(.invalidNamespace) }
        guard Self.isSupported(header["version"]) else { throw StreamError(.unsupportedVersion) }
        to = try Self.address("to", of: header)
        from = try Self.address("from", of: header)
        language = header.language
    }

    /// The initiator's bare address, for the `to` of a response that has to be written even to a bad header.
    static func sender(of header: StreamHeader) -> JID? {
        header["from"].flatMap { try? JID($0) }?.bare
    }

    private static func address(_ name: String, of header: StreamHeader) throws(StreamError) -> JID? {
        guard let text = header[name] else { return nil }
        guard let address = try? JID(text) else { throw StreamError(.improperAddressing) }
        return address
    }

    /// Versions are two numbers, compared one by one (RFC 6120 §4.7.5); everything from 1.0 on begins like 1.0.
    private static func isSupported(_ version: String?) -> Bool {
        guard let parts = version?.split(separator: ".", omittingEmptySubsequences: false), parts.count == 2,
            let major = UInt16(parts[0]), UInt16(parts[1]) != nil
        else { return false }
        return major >= 1
    }
}

/// Our answer to a stream header, sent even where a stream error follows at once.
struct ResponseHeader {
    let from: String
    let to: JID?
    let id: String
    let content: String

    /// The XML declaration and the opening tag.
    var bytes: [UInt8] {
        var text = "<?xml version='1.0'?><stream:stream xmlns='\(content)' xmlns:stream='\(NS.stream)'"
        text += " id='\(Self.escaped(id))' from='\(Self.escaped(from))'"
        if let to { text += " to='\(Self.escaped(to.description))'" }
        text += " version='1.0' xml:lang='en'>"
        return Array(text.utf8)
    }

    /// The closing tag of every stream.
    static let end = Array("</stream:stream>".utf8)

    /// XMLWriter writes whole elements only, and this tag stays open as long as the stream.
    private static func escaped(_ value: String) -> String {
        var out = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case "'": out += "&apos;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
