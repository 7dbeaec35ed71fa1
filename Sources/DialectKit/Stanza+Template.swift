// Rendered stanzas that go through the router, as stanzas again.

import XML
public import XMPP

extension Stanza {
    /// A rendered stanza for the router; nil if it is none.
    public init?(_ template: Template, to hole: AddressHole) {
        guard let element = try? Element(parsing: template.bytes(to: hole), in: NS.client) else { return nil }
        try? self.init(reading: element)
    }
}
