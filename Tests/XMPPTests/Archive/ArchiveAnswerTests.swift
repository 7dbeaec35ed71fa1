// What an archive answers, as XEP-0313 shows it.

import Testing
import XML
import XMPP

@Suite struct ArchiveAnswerTests {
    private let time = Moment(milliseconds: 1_278_736_155_000)

    // XEP-0313 §4.2; MUCX-010
    @Test func aResult() throws {
        let inner = try Element(
            parsing: "<message type='groupchat' from='coven@chat/firstwitch'><body>Thrice</body></message>")
        for isWritten in [false, true] {
            var writer = XMLWriter(in: NS.client)
            writer.open("message", NS.client)
            writer.archiveResult("162BEBB1", queryID: "g27", at: time) { writer in
                if isWritten {
                    writer.written(inner.bytes()[...], in: NS.client)
                } else {
                    writer.element(inner)
                }
            }
            writer.close()
            #expect(
                String(decoding: writer.finish(), as: UTF8.self) == """
                    <message><result xmlns='urn:xmpp:mam:2' queryid='g27' id='162BEBB1'>\
                    <forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='2010-07-10T04:29:15Z'/>\
                    <message xmlns='jabber:client' type='groupchat' from='coven@chat/firstwitch'>\
                    <body>Thrice</body></message></forwarded></result></message>
                    """)
        }
    }

    // MUCX-013
    @Test func theEnd() {
        let fin = ArchiveFin(isComplete: true, page: ResultSet.Answer(first: "a", last: "b", count: 7))
        #expect(
            fin.element.description == """
                <fin xmlns='urn:xmpp:mam:2' complete='true'><set xmlns='http://jabber.org/protocol/rsm'>\
                <first>a</first><last>b</last><count>7</count></set></fin>
                """)
        #expect(ArchiveFin(isComplete: false, page: ResultSet.Answer()).element["complete"] == nil)
    }

    // MUCX-024
    @Test func metadata() {
        let ends = (ArchiveMetadata.End(id: "a", time: time), ArchiveMetadata.End(id: "b", time: time + .seconds(1)))
        #expect(
            ArchiveMetadata(ends: ends).element.description == """
                <metadata xmlns='urn:xmpp:mam:2'><start id='a' timestamp='2010-07-10T04:29:15Z'/>\
                <end id='b' timestamp='2010-07-10T04:29:16Z'/></metadata>
                """)
        #expect(ArchiveMetadata(ends: nil).element.description == "<metadata xmlns='urn:xmpp:mam:2'/>")
    }
}
