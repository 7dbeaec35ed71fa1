// The hash of what an entity can, by which others know it without asking.

public import XMPP

/// The verification string of XEP-0115 §5.
public enum CapabilitiesHash {
    /// The name of the hash function that everybody uses.
    public static let name = "sha-1"

    /// The `ver` of an answer to disco#info; nil of one that is ill-formed (XEP-0115 §5.4).
    public static func ver(of info: DiscoInfo) -> String? {
        info.verificationString.map { Base64.encode(ScramHash.sha1.digest(Array($0.utf8))) }
    }
}
