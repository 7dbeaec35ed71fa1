// Ad hoc rooms: from whom they are hidden, what opens them, and what becomes of those who were there before.

import Testing
import XMPP

@testable import Rooms

@Suite("Hiding")
struct HidingTests {
    private let dee = jid("dee@d.example/a")
    private let hidden: [Setting: SettingValue] = [.isAdHoc: .flag(true)]

    private func isHidden(_ script: RoomScript, _ address: JID, bearing key: DoorKey? = nil) -> Bool {
        script.room.isHidden(from: Requester(jid: address), bearing: key, at: script.now)
    }

    private func entry(_ address: JID, password: String? = nil) -> Command {
        RoomScript.entry(address, as: "x", password: password)
    }

    @Test("It is there for whoever is inside, has a rank or rules the server (mix-0.2.1 O-24)")
    func insiders() throws {
        var script = try RoomScript.channel()
        #expect(!isHidden(script, cy), "what anybody finds is hidden from nobody")
        try script.join(bo, as: "bo")
        try script.enter(cy, as: "cy")
        _ = try script.configure(hidden)
        #expect(!isHidden(script, ada) && !isHidden(script, bo) && !isHidden(script, cy))
        #expect(script.refusal(of: RoomScript.joining(cy)) == nil, "whoever is inside may stay for good")
        #expect(!script.room.isHidden(from: Requester(jid: dee, isOperator: true), at: script.now))
        try script.run(.leave(try script.seat(cy), payload: []))
        #expect(isHidden(script, cy) && isHidden(script, dee))
        try script.give(.member, to: cy)
        #expect(!isHidden(script, cy))
        try script.give(.outcast, to: cy)
        #expect(isHidden(script, cy))
    }

    @Test("An invitation and the password open it, and nothing else does (MIXC-436, X-12)")
    func keys() throws {
        var script = try RoomScript.channel(hidden)
        let invitation = try script.invitation(for: bo, by: ada)
        #expect(!isHidden(script, bo, bearing: .invitation(invitation)))
        #expect(isHidden(script, cy, bearing: .invitation(invitation)))
        #expect(isHidden(script, bo, bearing: .password("")), "what has no password has no door")
        #expect(script.refusal(of: RoomScript.joining(cy, as: "cy", invitation: invitation)) == .roomMissing)
        _ = try script.configure([.password: .text("sesame")])
        #expect(script.refusal(of: entry(cy)) == .roomMissing)
        #expect(script.refusal(of: entry(cy, password: "poppy")) == .roomMissing)
        #expect(script.refusal(of: entry(cy, password: "sesame")) == nil)
    }

    @Test("Whoever was invited comes in at either door, and again (MUC-199, XD-147)")
    func invited() throws {
        var script = try RoomScript.channel(hidden)
        try script.enter(ada, as: "ada")
        try script.run(.invite(Invitation(invitees: [cy]), by: script.requester(ada)))
        #expect(script.room.affiliations.affiliation(of: cy) == .member)
        #expect(script.refusal(of: entry(cy)) == nil && script.refusal(of: RoomScript.joining(cy, as: "cy")) == nil)
        let invitation = try script.invitation(for: bo, by: ada)
        try script.run(RoomScript.joining(bo, as: "bo", invitation: invitation))
        try script.run(.membership(.leave(bo)))
        #expect(script.refusal(of: entry(bo)) == nil && script.refusal(of: RoomScript.joining(bo, as: "bo")) == nil)
    }

    @Test("What a stranger wants of it is wanted of nothing; whoever may make no rooms cannot tell it from others")
    func strangers() throws {
        var script = try RoomScript.channel(hidden)
        let stranger = Requester(jid: cy)
        func refusal(_ command: Command) -> Refusal? {
            do throws(Refusal) {
                _ = try script.room.decide(command, by: stranger, in: script.context)
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal(.destroy(Destruction(), by: stranger)) == .roomMissing)
        #expect(refusal(.register(nick: "cy", by: stranger)) == .roomMissing)
        #expect(refusal(RoomScript.subscribing(cy, .messages)) == .roomMissing)
        #expect(refusal(.decline(Decline(target: .jid(ada)), by: cy)) == .roomMissing)
        #expect(refusal(entry(cy)) == .roomMissing)
        #expect(refusal(.found(by: stranger)) == .roomExists, "a name is had once")
        script.mayCreate = false
        var other = RoomScript(name: "attic")
        other.mayCreate = false
        for command in [entry(cy), .found(by: stranger)] { #expect(refusal(command) == other.refusal(of: command)) }
    }

    @Test("Whoever only looked on or subscribed does so no more when it is hidden, or its rank is gone")
    func dismissed() throws {
        var script = try RoomScript.channel([.openPresence: .flag(true), .messagesReaders: .choice("anyone")])
        try script.give(.member, to: bo)
        try script.run(RoomScript.subscribing(cy, .messages))
        try script.run(RoomScript.subscribing(bo, .messages))
        for address in [bo, dee] {
            let glance = Command.Glance(
                address: address, presence: SeatPresence(payload: []), nick: nil, dialect: mix, domain: "mix.example")
            try script.run(.membership(.look(glance)))
        }
        _ = try script.configure(hidden)
        #expect(script.enrolment(cy) == nil && script.enrolment(bo) != nil)
        #expect(script.room.onlookers[dee] == nil && script.room.onlookers[bo] != nil)
        try script.give(.none, to: bo)
        #expect(script.enrolment(bo) == nil && script.room.onlookers.isEmpty && isHidden(script, bo))
        try script.expectKept()
    }
}
