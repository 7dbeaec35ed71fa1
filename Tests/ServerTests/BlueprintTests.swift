// What the server's configuration becomes: here, what its streams offer.

import Streams
import Testing
import XML
import XMPP

@testable import Server

@Suite struct BlueprintTests {
    /// IM-126, IM-136: roster versions and approval ahead of the request are offered.
    @Test func streamsOfferWhatAccountsServe() {
        let decoys = DecoyCredentials(secret: [UInt8](repeating: 1, count: 32))
        let offers = Blueprint(configuration: ServerConfiguration()).streams(decoys).sessionFeatures
        #expect(offers.contains { $0.is("ver", NS.rosterVersioning) })
        #expect(offers.contains { $0.is("sub", NS.preApproval) })
        // IM-233: by its hash a client knows what the server can, without asking
        #expect(offers.contains { $0.is("c", NS.caps) && $0["hash"] == "sha-1" && $0["ver"]?.isEmpty == false })
    }
}
