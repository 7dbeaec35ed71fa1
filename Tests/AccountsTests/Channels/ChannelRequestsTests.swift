// Who is answered by what a channel says, and when nobody is any more.

import Host
import Testing
import XMPP

@testable import Accounts

@Suite struct ChannelRequestsTests {
    private let coven = TestServer.address("coven@mix.x")
    private let ada = TestServer.address("ada@example")
    private let phone = TestServer.address("ada@example/phone")

    private func open(_ id: String, _ kind: ChannelRequests.Kind, from: JID? = nil, at seconds: Int = 0)
        -> ChannelRequests.Open
    {
        let stanza = Stanza.iq(type: .set, id: id, from: from ?? phone, to: coven, payload: [])
        let client = (request: Envelope(stanza, from: from ?? phone, to: coven), form: form)
        return ChannelRequests.Open(
            channel: coven, id: id, kind: kind, client: client,
            deadline: TestServer.start + .seconds(seconds))
    }

    private let form = ChannelRequests.Form.plain
    private let join = ChannelRequests.Kind.join(Tongue.current, sharesPresence: true, listeners: [:])

    @Test func theOlderOfTwoIsAnsweredFirst() {
        var requests = ChannelRequests()
        requests.add(open("1", join, from: phone))
        requests.add(open("1", .leave, from: TestServer.address("ada@example/desk")))
        let stranger = requests.answered(by: TestServer.address("other@mix.x"), id: "1", to: ada)
        let other = requests.answered(by: coven, id: "2", to: ada)
        #expect(stranger == nil && other == nil)
        let answers = [Stanza.iq(type: .result, id: "1", from: coven, to: ada), .iq(type: .set, id: "1", from: coven)]
        #expect(answers.map(requests.isAnswer) == [true, false])
        let first = requests.answered(by: coven, id: "1", to: ada)
        let second = requests.answered(by: coven, id: "1", to: ada)
        #expect(first?.kind == join && second?.kind == .leave)
        #expect(requests.isEmpty)
    }

    @Test func whoeverAskedItselfIsAnsweredItself() {
        var requests = ChannelRequests()
        var direct = open("1", join)
        direct = ChannelRequests.Open(
            channel: coven, id: "1", kind: join, client: (direct.client.request, .direct),
            deadline: direct.deadline)
        requests.add(direct)
        let bare = requests.answered(by: coven, id: "1", to: ada)
        let full = requests.answered(by: coven, id: "1", to: phone)
        #expect(bare == nil && full != nil)
    }

    @Test func theyEnd() {
        var requests = ChannelRequests()
        requests.add(open("1", join, at: 1))
        requests.add(open("2", join, at: 2))
        #expect(requests.deadline == TestServer.start + .seconds(1))
        let expired = requests.expire(at: TestServer.start + .seconds(1))
        #expect(expired.map(\.id) == ["1"] && requests.count == 1)
    }

    @Test func whoListensMeanwhile() {
        var requests = ChannelRequests()
        requests.add(open("1", .join(Tongue.core0, sharesPresence: true, listeners: [phone: Tongue.current])))
        requests.add(open("2", .leave))
        #expect(requests.listeners(of: coven) == [phone: Tongue.current])
        #expect(requests.listeners(of: TestServer.address("other@mix.x")).isEmpty)
    }
}
