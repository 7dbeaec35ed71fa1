// Messages that wait: how many may, and what happens when nobody is told of them.

import ScenarioKit
import Storage
import Testing
import XMPP

@testable import Accounts

extension TestServer {
    /// How many messages wait for an account.
    func waiting(_ name: String) -> Int? {
        let box = Box<Int>()
        disk.offline(of: name) { found in
            if case .success(let messages) = found { box.set(messages.count) }
        }
        scheduler.run()
        return box.value
    }
}

@Suite struct WaitingTests {
    private static func chat(_ number: Int) -> String {
        "<message type='chat' to='bo@example' id='\(number)'><body>hi</body></message>"
    }

    @Test func noMoreThanTheLimit() {  // IM-178
        var storage = StorageLimits()
        storage.offlineMessages = 2
        let server = TestServer(storage: storage)
        server.register("ada", "bo")
        let ada = server.available("ada")
        for number in 1...3 { ada.send(Self.chat(number)) }
        #expect(ada.words() == ["message error service-unavailable"])
        #expect(server.waiting("bo") == 2)
        let bo = server.client("bo", on: 1)
        bo.send("<presence/>")
        #expect(bo.words() == ["presence", "message chat 1", "message chat 2"])
        #expect(server.waiting("bo") == 0)
        ada.send(Self.chat(4))
        #expect(bo.words() == ["message chat 4"])
    }

    @Test func whoeverComesFirstGetsThemAndNobodyElse() {  // IM-178
        let server = TestServer()
        server.register("ada", "bo")
        let ada = server.available("ada")
        ada.send(Self.chat(1))
        let bos = [server.client("bo", "a"), server.client("bo", "b", on: 1)]
        for bo in bos { bo.post("<presence/>") }
        server.scheduler.run()
        let heard = bos.flatMap { $0.words() }.filter { $0 == "message chat 1" }
        #expect(heard.count == 1)
        #expect(server.waiting("bo") == 0)
    }
}
