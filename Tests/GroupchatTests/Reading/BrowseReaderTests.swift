// Browsing occupants, and other requests to them.

import Groupchat
import Rooms
import Testing
import XML
import XMPP

struct BrowseReaderTests {
    private func browse(_ nick: String) -> String {
        "<iq type='get' id='b' to='coven@chat.shakespeare.lit/\(nick)'><query xmlns='\(NS.browse)'/></iq>"
    }

    @Test("browse tells which generation somebody speaks, and no address that is hidden (GC-065)")
    func generations() throws {
        var coven = try Coven.withCrone()
        let young = try coven.send(Coven.crone, browse("firstwitch"))
        #expect(
            try young.answers
                == xml(
                    """
                    <iq type='result' id='b' from='coven@chat.shakespeare.lit/firstwitch' \
                    to='crone1@shakespeare.lit/desktop'><item xmlns='jabber:iq:browse' category='user' \
                    name='firstwitch'><ns>http://jabber.org/protocol/muc</ns></item></iq>
                    """))
        let old = try coven.send(Coven.hag, browse("thirdwitch"))
        #expect(
            try old.answers
                == xml(
                    """
                    <iq type='result' id='b' from='coven@chat.shakespeare.lit/thirdwitch' \
                    to='hag66@shakespeare.lit/pda'><item xmlns='jabber:iq:browse' category='user' name='thirdwitch' \
                    jid='crone1@shakespeare.lit/desktop'><ns>gc-1.0</ns></item></iq>
                    """))
    }

    @Test("where such entries are not accepted, the name does not appear (GC-009)")
    func kick() throws {
        var coven = try Coven.withCrone()
        coven.dialect = GroupchatDialect(policy: .kick)
        let told = try coven.send(Coven.hag, browse("thirdwitch"))
        #expect(told.answers.first?.firstChild?.firstChild?.text == NS.muc)
    }

    @Test("strangers learn nothing, and nobody's nick is not found")
    func refused() throws {
        var coven = try Coven.withCrone()
        let stranger = try coven.send(Coven.wicca, browse("thirdwitch"))
        #expect(stranger.answers.first?.child("error", NS.client)?.child("not-acceptable", NS.stanzas) != nil)
        let nobody = try coven.send(Coven.crone, browse("nobody"))
        #expect(nobody.answers.first?.child("error", NS.client)?.child("item-not-found", NS.stanzas) != nil)
    }

    @Test("any other request goes to the occupant (GC-064)")
    func relayed() throws {
        var coven = try Coven.withCrone()
        let told = try coven.send(
            Coven.crone,
            "<iq type='get' id='v' to='coven@chat.shakespeare.lit/firstwitch'><query xmlns='\(NS.version)'/></iq>")
        #expect(told.relay?.0 == coven.room.occupant("firstwitch")?.id)
    }
}
