// Names a room may have, and who may create one.

import Testing
import XMPP

@testable import Rooms

@Suite("Lobby")
struct LobbyTests {
    @Test(
        "Names with # and names that look like a proxy address are refused, c++ is not (X-02, T-29)",
        arguments: [
            ("cellar", true), ("c++", true), ("a+b", true), ("", false), ("a#b", false), ("#", false),
            ("coven+abcdefgh234567xy", false), ("+abcdefgh234567xy", false), ("coven+abcdefgh234567x", true),
            ("coven+abcdefgh234567xyz", true), ("coven+abcdefgh234567x1", true), ("abcdefghijklmnopqrstuvwx", true),
        ])
    func names(_ name: String, _ isAllowed: Bool) { #expect(Lobby.allows(name: name) == isAllowed) }

    @Test("Who may create (MUC-295)")
    func creation() {
        var lobby = Lobby(creation: .anyone, localDomains: ["a.example"], operators: [jid("root@b.example")])
        #expect(lobby.mayCreate(bo))
        lobby.creation = .local
        #expect(lobby.mayCreate(ada) && !lobby.mayCreate(bo))
        for creation in [Lobby.Creation.admin, .nobody, .local] {
            lobby.creation = creation
            #expect(!lobby.mayCreate(bo) && lobby.mayCreate(jid("root@b.example/x")))
        }
    }
}
