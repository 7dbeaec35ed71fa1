// Reading what SCRAM clients send.

import Testing

@testable import Streams

struct ScramMessagesTests {
    private func first(_ text: String) -> ScramClientFirst? { ScramClientFirst(Array(text.utf8)) }
    private func final(_ text: String) -> ScramClientFinal? { ScramClientFinal(Array(text.utf8)) }

    @Test func readsAFirstMessage() throws {
        let message = try #require(first("p=tls-exporter,a=a=2Cb,n=us=3Der,r=nonce,x=y"))
        #expect(message.flag == .used("tls-exporter"))
        #expect(message.authorization == "a,b")
        #expect(message.username == "us=er")
        #expect(message.nonce == Array("nonce".utf8))
        #expect(message.header == Array("p=tls-exporter,a=a=2Cb,".utf8))
        #expect(message.bare == Array("n=us=3Der,r=nonce,x=y".utf8))
        #expect(first("y,,n=u,r=n")?.flag == .notOffered)
        #expect(first("n,,n=u,r=n")?.flag == .unsupported)
        #expect(first("n,,n=u,r=n")?.authorization == nil)
    }

    /// A comma followed by a combining character is still a comma.
    @Test func separatesByByte() throws {
        #expect(first("n,,n=u,r=n,x=\u{301}") != nil)
        #expect(first("n,,n=u\u{301},r=n")?.username == "u\u{301}")
        #expect(first("n,,\u{301}n=u,r=n") == nil)
    }

    @Test(arguments: [
        "", "n", "n,", "n,,", "n,,n=u", "n,,r=n,n=u", "n,,n=,r=n", "n,,n=u,r=", "N,,n=u,r=n", "p=,,n=u,r=n",
        "x,,n=u,r=n", "n,b=c,n=u,r=n", "n,a=,n=u,r=n", "n,,n=u=,r=n", "n,,n=u=2c,r=n", "n,,n=u=41,r=n",
        "n,,m=ext,n=u,r=n", "n,,n=u,r=n,m=ext", "n,,n=u,r=n o", "n,,n=u,r=é", "n,,n=u,r=n,1=x", "n,,n=u,r=n,x",
        "n,,n=u\0,r=n", "nn,,n=u,r=n",
    ])
    func refusesABadFirstMessage(text: String) {
        #expect(first(text) == nil)
    }

    @Test func refusesWhatIsNotUTF8() {
        #expect(ScramClientFirst(Array("n,,n=".utf8) + [0xC3, 0x28] + Array(",r=n".utf8)) == nil)
    }

    @Test func readsAFinalMessage() throws {
        let message = try #require(final("c=biws,r=nonce,x=y,p=AQID"))
        #expect(message.binding == Array("n,,".utf8))
        #expect(message.nonce == Array("nonce".utf8))
        #expect(message.proof == [1, 2, 3])
        #expect(message.withoutProof == Array("c=biws,r=nonce,x=y".utf8))
    }

    @Test(arguments: [
        "", "c=biws", "c=biws,r=n", "r=n,c=biws,p=AQID", "c=biws,r=n,p=", "c=biws,r=n,p=A", "c=bi s,r=n,p=AQID",
        "c=,r=n,p=AQID", "c=biws,p=AQID", "c=biws,r=n,m=x,p=AQID", "c=biws,r=n,p=AQID,x=y", "c=biws,r=n,p=AQID,",
    ])
    func refusesABadFinalMessage(text: String) {
        #expect(final(text) == nil)
    }
}
