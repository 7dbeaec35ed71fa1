// The exchange of stream headers.

import Testing
import XML

@testable import Streams

struct ClientStreamOpeningTests {
    private static let etherx = "xmlns:stream='http://etherx.jabber.org/streams'"

    /// IM-029, IM-044, IM-045: before TLS nothing but TLS.
    @Test func offersTLSFirst() {
        #expect(
            ClientStream.sample().hears(opening) == [
                "[header]",
                "<stream:features><starttls xmlns='\(tlsNamespace)'><required/></starttls></stream:features>",
            ])
    }

    /// IM-025: from, to, id and version of our header; the id is another one each time.
    @Test func answersWithItsOwnHeader() throws {
        let stream = ClientStream.sample()
        let actions = stream.received(
            Array(openingTag("to='example.org' from='Romeo@example.org/x' version='1.0' xml:lang='de'").utf8))
        guard case .send(let header)? = actions.first else { throw StreamError(.undefinedCondition) }
        #expect(
            String(decoding: header, as: UTF8.self)
                == "<?xml version='1.0'?><stream:stream xmlns='jabber:client' \(Self.etherx) "
                + "id='AQEBAQEBAQEBAQEBAQEBAQ==' from='example.org' to='romeo@example.org' version='1.0' "
                + "xml:lang='en'>")
        _ = stream.hears("<starttls xmlns='\(tlsNamespace)'/>")
        _ = stream.secured(.bare)
        guard case .send(let second)? = stream.received(Array(opening.utf8)).first else {
            throw StreamError(.undefinedCondition)
        }
        #expect(String(decoding: second, as: UTF8.self).contains(" id='AgICAgICAgICAgICAgICAg==' from='example.org' v"))
    }

    struct BadHeader: Sendable {
        let tag: String
        let condition: String
    }

    /// IM-024, IM-026, IM-027, IM-028, IM-021: whatever is wrong with a header, ours is sent before the error.
    @Test(arguments: [
        BadHeader(tag: openingTag("to='example.net' version='1.0'"), condition: "host-unknown"),
        BadHeader(tag: openingTag("to='sub.example.org' version='1.0'"), condition: "host-unknown"),
        BadHeader(tag: openingTag("to='romeo@example.org' version='1.0'"), condition: "improper-addressing"),
        BadHeader(tag: openingTag("to='example.org/x' version='1.0'"), condition: "improper-addressing"),
        BadHeader(tag: openingTag("to='' version='1.0'"), condition: "improper-addressing"),
        BadHeader(tag: openingTag("to='example.org' from='@' version='1.0'"), condition: "improper-addressing"),
        BadHeader(tag: openingTag("to='example.org' from='a@b.org' version='1.0'"), condition: "invalid-from"),
        BadHeader(tag: openingTag("to='example.org'"), condition: "unsupported-version"),
        BadHeader(tag: openingTag("to='example.org' version='0.9'"), condition: "unsupported-version"),
        BadHeader(tag: openingTag("to='example.org' version='one'"), condition: "unsupported-version"),
        BadHeader(tag: openingTag("to='example.org' version='1'"), condition: "unsupported-version"),
        BadHeader(tag: openingTag("to='example.org' version='1.0.0'"), condition: "unsupported-version"),
        BadHeader(
            tag: openingTag(xmlns: "xmlns='jabber:server' \(Self.etherx)"), condition: "invalid-namespace"),
        BadHeader(
            tag: openingTag(xmlns: "xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/stream'"),
            condition: "invalid-namespace"),
        BadHeader(tag: "<stream xmlns='jabber:client' to='example.org' version='1.0'>", condition: "invalid-namespace"),
        BadHeader(
            tag: "<stream:flow \(Self.etherx) xmlns='jabber:client' to='example.org' version='1.0'>",
            condition: "invalid-namespace"),
        BadHeader(
            tag: "<stream:stream xmlns='jabber:client' to='example.org' version='1.0'>",
            condition: "bad-namespace-prefix"),
        BadHeader(tag: "<stream:stream", condition: ""),
        BadHeader(tag: "GET / HTTP/1.1\r\n\r\n", condition: "not-well-formed"),
        BadHeader(tag: "<!DOCTYPE x><x>", condition: "restricted-xml"),
    ])
    func badHeaders(header: BadHeader) {
        let stream = ClientStream.sample()
        let expected = header.condition.isEmpty ? [] : ["[header]"] + ending(header.condition)
        #expect(stream.hears(header.tag) == expected)
        #expect(stream.isClosed == !expected.isEmpty)
    }

    /// IM-028: a client that names no host means the only one; IM-040: other prefixes are tolerated; RFC 6120 §4.7.5:
    /// higher versions are spoken to in ours; RFC 6120 §4.8.2, §4.8.5: the content namespace may be left to the
    /// stanzas, and the prefix may be another.
    @Test(arguments: [
        openingTag("version='1.0'"), openingTag("to='EXAMPLE.ORG' version='1.0'"),
        openingTag("to='example.org' version='1.1'"), openingTag("to='example.org' version='2.0'"),
        openingTag("to='example.org' version='01.0'"),
        openingTag(xmlns: "xmlns='jabber:client' xmlns:db='jabber:server:dialback' \(etherx)"),
        openingTag(xmlns: etherx),
        "<stream xmlns='http://etherx.jabber.org/streams' to='example.org' version='1.0' xmlns:c='jabber:client'>",
        "<s:stream xmlns:s='http://etherx.jabber.org/streams' xmlns='jabber:client' to='example.org' version='1.0'>",
    ])
    func unusualHeaders(tag: String) throws {
        let said = ClientStream.sample().hears(tag)
        let isOddlyDefault = tag.hasPrefix("<stream xmlns='http")
        #expect(said.first == "[header]")
        #expect(said.last?.hasPrefix("<stream:features>") == !isOddlyDefault)
    }

    /// IM-035: a stream in anything but UTF-8.
    @Test func otherEncodings() {
        let declared = "<?xml version='1.0' encoding='ISO-8859-1'?>" + opening.dropFirst("<?xml version='1.0'?>".count)
        #expect(ClientStream.sample().hears(declared) == ["[header]"] + ending("unsupported-encoding"))
    }

    /// A header that comes in pieces is answered when it is whole.
    @Test func piecesOfAHeader() {
        let stream = ClientStream.sample()
        var said: [String] = []
        for byte in opening.utf8 { said += told(stream.received([byte])) }
        #expect(said.count == 2)
    }

    /// RFC 6120 §4.3.2, IM-030: after login the header must not claim to be somebody else.
    @Test func headerOfSomebodyElse() throws {
        let stream = ClientStream.secure()
        _ = try stream.logIn()
        #expect(
            stream.hears(openingTag("to='example.org' from='juliet@example.org' version='1.0'"))
                == ["[header]"] + ending("invalid-from"))
    }

    /// IM-086, IM-092, IM-029: what is left to do after login.
    @Test func offersBindingAfterLogin() throws {
        let stream = ClientStream.secure()
        _ = try stream.logIn()
        #expect(
            stream.hears(openingTag("to='example.org' from='romeo@example.org' version='1.0'")) == [
                "[header]",
                "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><required/></bind>"
                    + "<session xmlns='urn:ietf:params:xml:ns:xmpp-session'><optional/></session>"
                    + "<sm xmlns='urn:xmpp:sm:3'/></stream:features>",
            ])
    }
}
