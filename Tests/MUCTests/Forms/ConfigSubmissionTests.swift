// Submitted configurations as clients spell them.

import Rooms
import Testing
import XML
import XMPP

@testable import MUC

@Suite struct ConfigSubmissionTests {
    private func read(_ fields: String, _ room: Room? = nil) throws -> Configuration {
        let element = try Element(parsing: "<x xmlns='jabber:x:data' type='submit'>\(fields)</x>")
        let form = try #require(DataForm(reading: element))
        return try ConfigSubmission(form, for: room ?? RoomBench.opened().room).configuration
    }

    private func field(_ name: String, _ values: String...) -> String {
        "<field var='\(name)'>" + values.map { "<value>\($0)</value>" }.joined() + "</field>"
    }

    private func condition(_ fields: String) throws -> StanzaError.Condition? {
        do { _ = try read(fields) } catch let error as StanzaError { return error.condition }
        return nil
    }

    @Test("Only what is named changes; what nobody knows is passed over (MUC-311, MUC-372)")
    func tolerance() throws {
        #expect(try read("") == Configuration())
        #expect(try read(field("urn:unknown", "x") + field("{http://prosody.im/x}y", "1")) == Configuration())
        let hidden = "<field var='FORM_TYPE'><value>\(NS.mucRoomConfig)</value></field>"
        #expect(try read(hidden + field("muc#roomconfig_roomname", "Den")).settings == [.title: .text("Den")])
    }

    @Test("A form for something else is a bad request (MUC-311)")
    func context() throws {
        #expect(try condition(field("FORM_TYPE", NS.mucRegister)) == .badRequest)
    }

    @Test("Booleans come in four spellings, and no other (MUC-374)")
    func flags() throws {
        for (text, flag) in [("1", true), ("true", true), ("0", false), ("false", false)] {
            #expect(try read(field("muc#roomconfig_moderatedroom", text)).settings[.isModerated] == .flag(flag))
        }
        #expect(try condition(field("muc#roomconfig_moderatedroom", "yes")) == .badRequest)
        #expect(try read(field("muc#roomconfig_moderatedroom")).settings.isEmpty)
    }

    @Test(
        "The archive has three names, of which clients send all (MUC-371)",
        arguments: ["muc#roomconfig_enablearchiving", "muc#roomconfig_mam", "mam"])
    func archive(name: String) throws {
        #expect(try read(field(name, "0")).settings == [.isArchived: .flag(false)])
    }

    @Test("History by either name; text that is no number is bad (MUC-368)")
    func history() throws {
        #expect(try read(field("muc#maxhistoryfetch", "7")).settings == [.historyMessages: .number(7)])
        #expect(try read(field("muc#roomconfig_historylength", "7")).settings == [.historyMessages: .number(7)])
        #expect(try condition(field("muc#maxhistoryfetch", "many")) == .badRequest)
    }

    @Test("Any number of occupants, or none (MUC-359)")
    func occupants() throws {
        for (text, number) in [("37", 37), ("none", nil), ("", nil)] as [(String, Int?)] {
            #expect(try read(field("muc#roomconfig_maxusers", text)).settings == [.maxOccupants: .number(number)])
        }
        #expect(try condition(field("muc#roomconfig_maxusers", "few")) == .badRequest)
    }

    @Test("Choices are those of the form, and private messages also in the words of others (MUC-164, MUC-358, MUC-367)")
    func choices() throws {
        #expect(try read(field("muc#roomconfig_whois", "anyone")).settings == [.whois: .choice("anyone")])
        #expect(try condition(field("muc#roomconfig_whois", "none")) == .badRequest)
        for (text, word) in [("visitor", "anyone"), ("participant", "participants"), ("moderator", "moderators")] {
            #expect(try read(field("muc#roomconfig_allowpm", text)).settings == [.privateMessages: .choice(word)])
        }
    }

    @Test("Roles as a list, which may be empty (MUC-360)")
    func roles() throws {
        let name = "muc#roomconfig_presencebroadcast"
        #expect(
            try read(field(name, "moderator", "visitor")).settings
                == [.presenceBroadcast: .roles([.moderator, .visitor])])
        #expect(try read(field(name)).settings == [.presenceBroadcast: .roles([])])
        #expect(try condition(field(name, "king")) == .badRequest)
    }

    @Test("Text of several lines is joined (MUC-374)")
    func text() throws {
        #expect(try read(field("muc#roomconfig_roomdesc", "a", "b")).settings == [.about: .text("a\nb")])
    }

    @Test("A password wanted and not given is not acceptable; the secret alone is enough (MUC-303, MUC-321)")
    func password() throws {
        let flag = "muc#roomconfig_passwordprotectedroom"
        let secret = "muc#roomconfig_roomsecret"
        #expect(try condition(field(flag, "1")) == .notAcceptable)
        #expect(try condition(field(flag, "1") + field(secret, "")) == .notAcceptable)
        #expect(try condition(field(flag, "maybe")) == .badRequest)
        #expect(try read(field(flag, "1") + field(secret, "s3")).settings == [.password: .text("s3")])
        #expect(try read(field(secret, "s3")).settings == [.password: .text("s3")])
        #expect(try read(field(flag, "0") + field(secret, "s3")).settings == [.password: .text("")])
        let closed = try RoomBench.opened([.password: .text("old")]).room
        #expect(try read(field(flag, "1"), closed).settings.isEmpty)
    }

    @Test("Admins and owners are full lists of bare JIDs; an absent field leaves them (MUC-313)")
    func people() throws {
        let wish = try read(field("muc#roomconfig_roomadmins", "bo@b.example/phone", "", "b.example"))
        #expect(wish.admins == [try JID("bo@b.example"), try JID("b.example")])
        #expect(wish.owners == nil)
        #expect(try read(field("muc#roomconfig_roomowners")).owners == [])
        #expect(try condition(field("muc#roomconfig_roomowners", "@")) == .badRequest)
    }
}
