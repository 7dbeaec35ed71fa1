// The form an owner is offered.

import Rooms
import Testing
import XML
import XMPP

@testable import MUC

@Suite struct RoomConfigFormTests {
    private func form(_ bench: RoomBench) throws -> DataForm {
        RoomConfigForm(bench.room, try JID("cellar@rooms.example")).form
    }

    @Test("Every setting stands in the form once")
    func complete() throws {
        #expect(ConfigField.all.map(\.setting.rawValue).sorted() == Setting.allCases.map(\.rawValue).sorted())
        let names = try form(RoomBench.opened()).fields.map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test("An owner gets it with title, instructions and present values (MUC-301, MUC-310)")
    func offered() throws {
        var bench = try RoomBench.opened([.title: .text("Den"), .isModerated: .flag(true), .maxOccupants: .number(37)])
        let answer = try bench.ask(RoomBench.ada, "get", "<query xmlns='\(NS.mucOwner)'/>").answer
        #expect(answer.contains("<field var='FORM_TYPE' type='hidden'><value>\(NS.mucRoomConfig)</value></field>"))
        #expect(answer.contains("<title>Configuration of cellar@rooms.example</title><instructions>"))
        let form = try form(bench)
        #expect(form.value(of: "muc#roomconfig_roomname") == "Den")
        #expect(form.flag(of: "muc#roomconfig_moderatedroom") == true)
        #expect(form.value(of: "muc#roomconfig_maxusers") == "37")
        #expect(form.field("muc#roomconfig_maxusers")?.options.contains { $0.value == "37" } == true)
        #expect(form.values(of: "muc#roomconfig_roomowners") == ["ada@a.example"])
        #expect(form.values(of: "muc#roomconfig_presencebroadcast") == ["moderator", "participant", "visitor"])
    }

    @Test("The fields of the XEP are there, each of its type (MUC-310)")
    func types() throws {
        let form = try form(RoomBench.opened())
        let kinds: [(String, DataForm.Field.Kind)] = [
            ("roomname", .textSingle), ("roomdesc", .textSingle), ("lang", .textSingle), ("enablelogging", .boolean),
            ("changesubject", .boolean), ("allowinvites", .boolean), ("allowpm", .listSingle),
            ("maxusers", .listSingle), ("presencebroadcast", .listMulti), ("getmemberlist", .listMulti),
            ("publicroom", .boolean), ("persistentroom", .boolean), ("moderatedroom", .boolean),
            ("membersonly", .boolean), ("passwordprotectedroom", .boolean), ("roomsecret", .textPrivate),
            ("whois", .listSingle), ("roomadmins", .jidMulti), ("roomowners", .jidMulti),
            ("enablearchiving", .boolean),
        ]
        for (name, kind) in kinds { #expect(form.field("muc#roomconfig_\(name)")?.kind == kind, "\(name)") }
        #expect(form.field("muc#maxhistoryfetch")?.kind == .textSingle)
    }

    @Test("What is offered, sent back unchanged, changes nothing")
    func roundTrip() throws {
        let bench = try RoomBench.opened([.password: .text("s3"), .requiredFeatures: .lines(["a", "b"])])
        var form = try form(bench)
        form.type = .submit
        let wish = try ConfigSubmission(form, for: bench.room).configuration
        #expect(wish.settings.allSatisfy { bench.room.settings[$0.key] == $0.value })
        #expect(wish.owners == [try JID("ada@a.example")] && wish.admins == [])
        #expect(form.element == DataForm(reading: form.element)?.element)
    }
}
