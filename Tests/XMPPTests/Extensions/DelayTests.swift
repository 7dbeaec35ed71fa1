// Delay notes, new and old.

import Testing
import XML
import XMPP

@Suite struct DelayTests {
    private let stamp = Moment(milliseconds: 1_031_699_137_000)

    // XEP-0203, Examples 1 and 3
    @Test func reads() throws {
        let offline = try Element(
            parsing: """
                <delay xmlns='urn:xmpp:delay' from='capulet.com' stamp='2002-09-10T23:08:25Z'>
                  Offline Storage
                </delay>
                """)
        let delay = try #require(Delay(reading: offline))
        #expect(delay.stamp == Moment(xep0082: "2002-09-10T23:08:25Z"))
        #expect(try delay.from == JID("capulet.com"))
        #expect(delay.reason == "Offline Storage")
        let room = "<delay xmlns='urn:xmpp:delay' from='coven@macbeth.shakespeare.lit' stamp='2002-09-10T23:05:37Z'/>"
        #expect(
            Delay(reading: try Element(parsing: room)) == Delay(stamp, from: try JID("coven@macbeth.shakespeare.lit")))
    }

    @Test func readsTheOldForm() throws {
        for stamp in ["20020910T23:05:37", "2002-09-10T23:05:37Z"] {
            let old = try Element(parsing: "<x xmlns='jabber:x:delay' from='a@b' stamp='\(stamp)'/>")
            #expect(Delay(reading: old) == Delay(self.stamp, from: try JID("a@b")))
        }
    }

    @Test(arguments: [
        "<delay xmlns='urn:xmpp:delay'/>", "<delay xmlns='urn:xmpp:delay' stamp='20020910T23:05:37'/>",
        "<delay xmlns='urn:xmpp:delay' stamp='yesterday'/>", "<x xmlns='jabber:x:delay' stamp='yesterday'/>",
        "<delay xmlns='urn:other' stamp='2002-09-10T23:05:37Z'/>",
        "<x xmlns='urn:xmpp:delay' stamp='20020910T23:05:37'/>",
    ])
    func refuses(xml: String) throws {
        #expect(Delay(reading: try Element(parsing: xml)) == nil)
    }

    @Test func badSenderIsLeftOut() throws {
        let xml = "<delay xmlns='urn:xmpp:delay' from='@' stamp='2002-09-10T23:05:37Z'/>"
        #expect(Delay(reading: try Element(parsing: xml)) == Delay(stamp))
    }

    // GC-049: the note in both formats.
    @Test func writesBothForms() throws {
        let delay = Delay(stamp, from: try JID("coven@chat.example"))
        #expect(
            String(decoding: delay.element.bytes(), as: UTF8.self)
                == "<delay xmlns='urn:xmpp:delay' from='coven@chat.example' stamp='2002-09-10T23:05:37Z'/>")
        #expect(
            String(decoding: delay.legacyElement.bytes(), as: UTF8.self)
                == "<x xmlns='jabber:x:delay' from='coven@chat.example' stamp='20020910T23:05:37'/>")
        let reasoned = Delay(stamp, reason: "Offline Storage")
        #expect(Delay(reading: reasoned.element) == reasoned && Delay(reading: reasoned.legacyElement) == reasoned)
    }
}
