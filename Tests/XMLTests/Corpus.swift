// Stanzas of the shapes that pass a group-chat server, and streams made of them.

@testable import XML

enum Corpus {
    static let header =
        "<?xml version='1.0'?><stream:stream to='example.org' version='1.0' xml:lang='en' xmlns='jabber:client'"
        + " xmlns:stream='http://etherx.jabber.org/streams' xmlns:ext='urn:example:ext'>"

    static let stanzas = [
        "<message to='room@muc.example' type='groupchat' id='m1'><body>Hello, all &lt;3</body></message>",
        "<message from='room@muc.example/nick' to='a@b/c' type='groupchat' id='m2' xml:lang='de'><body>Grüße 🦉</body>"
            + "<stanza-id xmlns='urn:xmpp:sid:0' id='2026' by='room@muc.example'/>"
            + "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='dd72603deec90a38ba552f7c68cbcc61'/></message>",
        "<presence/>",
        "<presence to='room@muc.example/nick'><x xmlns='http://jabber.org/protocol/muc'><password>p'w\"</password>"
            + "<history maxstanzas=\"0\"/></x></presence>",
        "<presence from='r@m/n' to='a@b/c'><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='https://x'"
            + " ver='QgayPKawpkPSDYmwT/WM94uAlu0='/><x xmlns='http://jabber.org/protocol/muc#user'>"
            + "<item affiliation='owner' role='moderator' jid='a@b/c'/><status code='110'/></x></presence>",
        "<iq type='get' id='d1' to='muc.example'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>",
        "<iq type='result' id='d1'><query xmlns='http://jabber.org/protocol/disco#info'>\n  <identity category='x'"
            + " type='text' name='Rooms &amp; more'/>\n  <feature var='http://jabber.org/protocol/muc'/></query></iq>",
        "<iq type='error' id='e'><error type='cancel' code='409'>"
            + "<conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>",
        "<iq type='set' id='f'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data'"
            + " type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
            + "<field var='t'><value/></field></x></query></iq>",
        "<message id='a'><result xmlns='urn:xmpp:mam:2' queryid='q' id='1'><forwarded xmlns='urn:xmpp:forward:0'>"
            + "<delay xmlns='urn:xmpp:delay' stamp='2026-01-01T00:00:00Z'/><message xmlns='jabber:client' to='x@y'>"
            + "<body>old</body></message></forwarded></result></message>",
        "<iq type='result' id='m'><fin xmlns='urn:xmpp:mam:2' complete='true'><set"
            + " xmlns='http://jabber.org/protocol/rsm'><first index='0'>a</first><last>b</last></set></fin></iq>",
        "<message><encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='1'><key rid='2'>MwohBQ==</key>"
            + "<iv>AAAA</iv></header><payload>BBBB</payload></encrypted></message>",
        "<r xmlns='urn:xmpp:sm:3'/>", "<a xmlns='urn:xmpp:sm:3' h='17'/>",
        "<message><body>one<br xmlns='http://www.w3.org/1999/xhtml'/>two &#x1F600; three</body></message>",
        "<message><body><![CDATA[a < b && ]] > c]]></body><subject/></message>",
        "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></stream:features>",
        "<message ext:mark='1' mark='2'><ext:thing><ext:thing/></ext:thing></message>",
        "<p:odd xmlns:p='urn:odd' p:a='1' xmlns:q='urn:even' q:a='2' a='3'><q:b xmlns:p='urn:new' p:a='4'/></p:odd>",
        "<message xmlns=''><body xmlns='urn:unknown:ns' tab='a&#9;b&#10;c  d'>x\r\ny&#13;z</body>text\ttail</message>",
        "<iq><query xmlns='jabber:iq:roster' ver=''><item jid='a@b' subscription='both'><group>Friends</group></item>"
            + "<item jid='c@d' subscription='none' ask='subscribe'/></query></iq>",
        "<ключ значение='да'><子 xmlns='urn:例'>文字</子></ключ>",
    ]

    /// A whole stream, with keepalives between the stanzas.
    static let stream = header + stanzas.joined(separator: " \n") + "</stream:stream>"
}

/// What a stream parser made of bytes in chunks of one size.
struct Reading: Equatable {
    var tokens: [StreamToken] = []
    var fault: XMLFault?

    var stanzas: [Element] {
        tokens.compactMap { token in
            if case .stanza(let element) = token { element } else { nil }
        }
    }

    init(_ text: String, chunk: Int = .max, limits: XMLLimits = .default, pool: ParserPool? = nil) {
        self.init(Array(text.utf8), chunk: chunk, limits: limits, pool: pool)
    }

    init(_ bytes: [UInt8], chunk: Int = .max, limits: XMLLimits = .default, pool: ParserPool? = nil) {
        self.init(bytes, chunk: chunk, with: StreamParser(limits: limits, pool: pool))
    }

    init(_ bytes: [UInt8], chunk: Int, with parser: StreamParser) {
        var start = 0
        while start < bytes.count {
            let end = start + min(chunk, bytes.count - start)
            do throws(XMLFault) {
                try parser.feed(Array(bytes[start..<end])) { tokens.append($0) }
            } catch {
                fault = error
                return
            }
            start = end
        }
    }
}
