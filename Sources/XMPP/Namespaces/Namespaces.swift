// The namespaces of streams, stanzas and the requests that every entity answers.

/// Every namespace, feature name and form type that Parlance reads or writes, each in one place.
///
/// Grouped by who needs them: this file holds what every entity needs, the others rooms, messages and accounts.
public enum NS {
    // MARK: Streams (RFC 6120)

    /// Content of a client stream, and of every stanza inside the server (RFC 6120 §4.8.2).
    public static let client = "jabber:client"
    /// Content of a server-to-server stream (RFC 6120 §4.8.2).
    public static let server = "jabber:server"
    /// Content of a component stream, component connecting (XEP-0114).
    public static let component = "jabber:component:accept"
    /// Content of a component stream, server connecting (XEP-0114).
    public static let componentConnect = "jabber:component:connect"
    /// Component streams with SASL (XEP-0225).
    public static let component2 = "urn:xmpp:component:0"
    /// The stream element, its features and errors (RFC 6120 §4.8.1).
    public static let stream = "http://etherx.jabber.org/streams"
    /// Conditions of stream errors (RFC 6120 §4.9.2).
    public static let streams = "urn:ietf:params:xml:ns:xmpp-streams"
    /// Conditions of stanza errors (RFC 6120 §8.3.2).
    public static let stanzas = "urn:ietf:params:xml:ns:xmpp-stanzas"
    /// STARTTLS (RFC 6120 §5).
    public static let tls = "urn:ietf:params:xml:ns:xmpp-tls"
    /// SASL (RFC 6120 §6).
    public static let sasl = "urn:ietf:params:xml:ns:xmpp-sasl"
    /// Resource binding (RFC 6120 §7).
    public static let bind = "urn:ietf:params:xml:ns:xmpp-bind"
    /// Session establishment of old clients (RFC 3921 §3).
    public static let session = "urn:ietf:params:xml:ns:xmpp-session"
    /// Framing over WebSocket (RFC 7395 §3.3).
    public static let framing = "urn:ietf:params:xml:ns:xmpp-framing"
    /// The `xml:` prefix (Namespaces in XML §3).
    public static let xml = "http://www.w3.org/XML/1998/namespace"

    // MARK: Stream features and negotiation

    /// Extensible SASL Profile (XEP-0388).
    public static let sasl2 = "urn:xmpp:sasl:2"
    /// Bind 2 (XEP-0386).
    public static let bind2 = "urn:xmpp:bind:0"
    /// Fast authentication tokens (XEP-0484).
    public static let fast = "urn:xmpp:fast:0"
    /// SASL upgrade tasks (XEP-0480).
    public static let saslUpgrade = "urn:xmpp:sasl:upgrade:0"
    /// The SCRAM upgrade task (XEP-0480).
    public static let scramUpgrade = "urn:xmpp:scram-upgrade:0"
    /// Channel-binding types on offer (XEP-0440).
    public static let channelBinding = "urn:xmpp:sasl-cb:0"
    /// Stream management (XEP-0198).
    public static let streamManagement = "urn:xmpp:sm:3"
    /// Client state indication (XEP-0352).
    public static let clientState = "urn:xmpp:csi:0"
    /// Stream limits advertisement (XEP-0478).
    public static let streamLimits = "urn:xmpp:stream-limits:0"
    /// Stream feature of roster versioning (RFC 6121 §2.6).
    public static let rosterVersioning = "urn:xmpp:features:rosterver"
    /// Stream feature of subscription pre-approval (RFC 6121 §3.4).
    public static let preApproval = "urn:xmpp:features:pre-approval"
    /// Stream feature of in-band registration (XEP-0077).
    public static let registerFeature = "http://jabber.org/features/iq-register"
    /// Server dialback (XEP-0220).
    public static let dialback = "jabber:server:dialback"
    /// Stream feature of dialback (XEP-0220).
    public static let dialbackFeature = "urn:xmpp:features:dialback"
    /// Dialback with error handling (XEP-0220).
    public static let dialbackErrors = "urn:xmpp:dialback:errors"
    /// Bidirectional server streams (XEP-0288).
    public static let bidi = "urn:xmpp:bidi"
    /// Stream feature of bidirectional server streams (XEP-0288).
    public static let bidiFeature = "urn:xmpp:features:bidi"
    /// BOSH (XEP-0124).
    public static let httpBind = "http://jabber.org/protocol/httpbind"
    /// XMPP attributes of BOSH (XEP-0206).
    public static let xbosh = "urn:xmpp:xbosh"

    // MARK: Discovery, forms, paging

    /// What an entity is and can (XEP-0030).
    public static let discoInfo = "http://jabber.org/protocol/disco#info"
    /// What an entity contains (XEP-0030).
    public static let discoItems = "http://jabber.org/protocol/disco#items"
    /// Data forms (XEP-0004).
    public static let dataForms = "jabber:x:data"
    /// Data forms validation (XEP-0122).
    public static let formValidation = "http://jabber.org/protocol/xdata-validate"
    /// Data forms layout (XEP-0141).
    public static let formLayout = "http://jabber.org/protocol/xdata-layout"
    /// Media in data forms (XEP-0221).
    public static let formMedia = "urn:xmpp:media-element"
    /// Result set management (XEP-0059).
    public static let rsm = "http://jabber.org/protocol/rsm"
    /// Order-By (XEP-0413).
    public static let orderBy = "urn:xmpp:order-by:1"
    /// Ad-hoc commands (XEP-0050).
    public static let commands = "http://jabber.org/protocol/commands"
    /// Prefix of the nodes of service administration (XEP-0133).
    public static let admin = "http://jabber.org/protocol/admin"
    /// Entity capabilities (XEP-0115).
    public static let caps = "http://jabber.org/protocol/caps"
    /// Entity capabilities 2.0 (XEP-0390).
    public static let caps2 = "urn:xmpp:caps"
    /// Hash values (XEP-0300).
    public static let hashes = "urn:xmpp:hashes:2"
    /// Feature negotiation (XEP-0020).
    public static let featureNegotiation = "http://jabber.org/protocol/feature-neg"
    /// Form type of contact addresses (XEP-0157, XEP-0128).
    public static let serverInfo = "http://jabber.org/network/serverinfo"
    /// PubSub server information (XEP-0485).
    public static let serverInfoNode = "urn:xmpp:serverinfo:0"
    /// Service outage status (XEP-0455).
    public static let outage = "urn:xmpp:sos:0"
    /// Extended stanza addresses (XEP-0033).
    public static let addresses = "http://jabber.org/protocol/address"

    // MARK: Small requests

    /// XMPP ping (XEP-0199).
    public static let ping = "urn:xmpp:ping"
    /// Software version (XEP-0092).
    public static let version = "jabber:iq:version"
    /// Entity time (XEP-0202).
    public static let time = "urn:xmpp:time"
    /// Entity time, old form (XEP-0090).
    public static let legacyTime = "jabber:iq:time"
    /// Last activity (XEP-0012).
    public static let last = "jabber:iq:last"
    /// In-band registration (XEP-0077).
    public static let register = "jabber:iq:register"
    /// Jabber search (XEP-0055).
    public static let search = "jabber:iq:search"
    /// Jabber browsing (XEP-0011).
    public static let browse = "jabber:iq:browse"
    /// Agent information, the list (XEP-0094).
    public static let agents = "jabber:iq:agents"
    /// Agent information, one agent (XEP-0094).
    public static let agent = "jabber:iq:agent"
    /// Out-of-band data in an IQ (XEP-0066).
    public static let oobRequest = "jabber:iq:oob"
    /// External service discovery (XEP-0215).
    public static let externalServices = "urn:xmpp:extdisco:2"
    /// Bits of binary (XEP-0231).
    public static let bitsOfBinary = "urn:xmpp:bob"
    /// CAPTCHA forms (XEP-0158).
    public static let captcha = "urn:xmpp:captcha"
    /// HTTP file upload (XEP-0363).
    public static let httpUpload = "urn:xmpp:http:upload:0"
    /// Purposes of an HTTP upload (XEP-0363).
    public static let httpUploadPurpose = "urn:xmpp:http:upload:purpose:0"
}
