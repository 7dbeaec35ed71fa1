// What members hear, and others who may; and what members wish for themselves.

import Testing
import XMPP

@testable import Rooms

@Suite("Subscribing")
struct SubscribingTests {
    @Test("Nodes are added and taken back; what changes nothing is nothing")
    func members() throws {
        var script = try RoomScript.channel()
        try script.join(bo, as: "bo", to: [.messages])
        let event = try script.run(RoomScript.subscribing(bo, [.participants, .presence], without: .messages))
        let change = try #require(event.first?.membershipChange)
        #expect(change.enrolment.topics == [.participants, .presence] && !change.changesSight)
        #expect(script.enrolment(bo)?.topics == [.participants, .presence])
        #expect(try script.run(RoomScript.subscribing(bo, .presence, without: .messages)).isEmpty)
        #expect(script.refusal(of: RoomScript.subscribing(bo, .banned)) == .nodeClosed)
        #expect(script.refusal(of: RoomScript.subscribing(bo, .own(0))) == .nodeMissing)
        #expect(script.refusal(of: RoomScript.subscribing(bo, .allowed)) == .nodeMissing, "an open channel has none")
        try script.run(RoomScript.subscribing(bo, without: .everything))
        #expect(script.enrolment(bo)?.isParticipant == true, "who hears nothing is a participant all the same")
        try script.expectKept()
    }

    @Test("Who is no participant hears nodes that are open to it, and is forgotten with the last (XEP-0369 §7.1.2)")
    func strangers() throws {
        var script = try RoomScript.channel([.messagesReaders: .choice("anyone"), .presenceReaders: .choice("allowed")])
        try script.give(.outcast, to: cy)
        #expect(script.refusal(of: RoomScript.subscribing(cy, .messages)) == .banned)
        #expect(script.refusal(of: RoomScript.subscribing(bo, .participants)) == .nodeClosed)
        try script.run(RoomScript.subscribing(bo, [.messages, .presence]))
        #expect(script.enrolment(bo)?.isParticipant == false && script.room.participants.isEmpty)
        #expect(script.room.participant(jid: bo) == nil)
        #expect(script.refusal(of: .membership(.prefer(bo, Preferences()))) == .notSeated)
        try script.run(RoomScript.subscribing(bo, without: .messages))
        let last = try script.run(RoomScript.subscribing(bo, without: .presence))
        #expect(last.first?.withdrawal?.enrolment.isParticipant == false && script.room.enrolments.isEmpty)
        #expect(try script.run(RoomScript.subscribing(bo, without: .presence)).isEmpty)
        try script.expectKept()
    }

    @Test("Who subscribed first and joins then is somebody new, and keeps its nodes")
    func joinsLater() throws {
        var script = try RoomScript.channel([.messagesReaders: .choice("anyone")])
        try script.run(RoomScript.subscribing(bo, .messages))
        let joining = try script.join(bo, as: "bo", to: [.presence])
        #expect(joining.isNew && joining.enrolment.topics == [.messages, .presence])
    }

    @Test("Wishes that the channel cannot bear are refused (XEP-0404 §3.1)")
    func wishes() throws {
        var script = try RoomScript.channel()
        try script.join(bo, as: "bo")
        func refusal(_ preferences: Preferences) -> Refusal? {
            script.refusal(of: .membership(.prefer(bo, preferences)))
        }
        #expect(refusal(Preferences(visibility: .always)) == .notAllowed)
        #expect(refusal(Preferences(visibility: .never)) == nil && refusal(Preferences(visibility: .preferNot)) == nil)
        _ = try script.configure([.whois: .choice("optional"), .presenceRequired: .flag(true)])
        #expect(refusal(Preferences(visibility: .always)) == nil && refusal(Preferences(visibility: .never)) == nil)
        #expect(refusal(Preferences(sharesPresence: false)) == .presenceRequired)
        _ = try script.configure([.whois: .choice("anyone")])
        #expect(refusal(Preferences(visibility: .always)) == nil)
        #expect(refusal(Preferences(visibility: .never)) == .notAllowed)
        #expect(script.refusal(of: .membership(.prefer(cy, Preferences()))) == .notSeated)
        #expect(try script.run(.membership(.prefer(bo, Preferences()))).isEmpty, "it wished that before")
    }

    @Test("A wish that shows or hides an address is told to the others, with the presence once more (X-14)")
    func sight() throws {
        var script = try RoomScript.channel([.whois: .choice("optional")])
        try script.join(bo, as: "bo")
        try script.appear(bo)
        let id = script.room.participantID(of: bo)
        #expect(!script.room.showsAddress(of: id))
        let shown = try script.run(.membership(.prefer(bo, Preferences(visibility: .always))))
        #expect(shown.compactMap(\.membershipChange).map(\.changesSight) == [false, true])
        guard case .attendance(.presenceChanged(let change))? = shown.last else { throw Unexpected(what: "\(shown)") }
        #expect(change.seat == (try script.seat(bo)) && !change.changesShown && script.room.showsAddress(of: id))
        let quiet = try script.run(
            .membership(.prefer(bo, Preferences(visibility: .always, takesLetters: false))))
        #expect(quiet.compactMap(\.membershipChange).map(\.changesSight) == [false])
        let hidden = try script.run(.membership(.prefer(bo, Preferences(visibility: .never))))
        #expect(hidden.compactMap(\.membershipChange).map(\.changesSight) == [false, true])
        try script.expectKept()
    }

    @Test("Who bears no open addresses goes before they are shown, who hides nothing before they are hidden (T-08)")
    func modes() throws {
        var script = try RoomScript.channel([.whois: .choice("optional")])
        try script.join(bo, as: "bo", preferences: Preferences(visibility: .never))
        try script.join(cy, as: "cy", preferences: Preferences(visibility: .always))
        try script.join(ada, as: "ada")
        try script.appear(bo)
        let opened = try script.configure([.whois: .choice("anyone")])
        let gone = try #require(opened.firstIndex { $0.withdrawal?.enrolment.jid == bo.bare })
        guard case .technical? = opened[gone].withdrawal?.cause else { throw Unexpected(what: "\(opened)") }
        guard case .governance(.configured)? = opened.dropFirst(gone + 1).first else {
            throw Unexpected(what: "\(opened)")
        }
        #expect(opened.contains { $0.departure?.isLast == true })
        let changed = opened.compactMap(\.membershipChange).filter(\.changesSight).map(\.enrolment.jid)
        #expect(changed == [ada.bare, cy.bare])
        let hidden = try script.configure([.whois: .choice("moderators")])
        #expect(hidden.first?.withdrawal?.enrolment.jid == cy.bare)
        #expect(script.room.enrolments.all.map(\.jid) == [ada.bare])
        #expect(try script.configure([.whois: .choice("moderators")]).isEmpty)
        try script.expectKept()
    }

    @Test("Private messages come where they are wished, and to whoever takes part")
    func letters() throws {
        var script = try RoomScript.channel()
        try script.join(bo, as: "bo")
        try script.join(cy, as: "cy", preferences: Preferences(takesLetters: false))
        let (seat, words) = (try script.seat(bo), RoomScript.words("psst"))
        let deaf = script.room.participantID(of: cy)
        #expect(script.refusal(of: .whisper(seat, to: deaf, words)) == .lettersBlocked)
        #expect(script.refusal(of: .whisper(try script.seat(cy), to: deaf, words)) == nil, "to itself")
        #expect(script.refusal(of: .whisper(try script.seat(cy), to: script.room.participantID(of: bo), words)) == nil)
        #expect(
            script.refusal(of: .whisper(seat, to: script.room.participantID(of: ada), words)) == .noSuchOccupant)
    }

    @Test("Where presence must be given, only who is available speaks")
    func presenceRequired() throws {
        var script = try RoomScript.channel([.presenceRequired: .flag(true)])
        try script.join(bo, as: "bo")
        let seat = try script.seat(bo)
        #expect(script.refusal(of: .say(seat, RoomScript.words("x"))) == .presenceRequired)
        try script.appear(bo)
        #expect(script.refusal(of: .say(seat, RoomScript.words("x"))) == nil)
    }
}
