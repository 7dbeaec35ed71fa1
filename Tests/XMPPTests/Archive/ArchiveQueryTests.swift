// Queries of archives: what is understood, and what is refused how.

import Testing
import XML
import XMPP

@Suite struct ArchiveQueryTests {
    private func query(_ content: String, _ fields: [ArchiveForm.Field] = ArchiveForm.room) throws -> ArchiveQuery {
        let element = try Element(parsing: "<query xmlns='urn:xmpp:mam:2' queryid='f27'>\(content)</query>")
        return try ArchiveQuery(reading: element, fields: fields)
    }

    private func form(_ fields: String, type: String = "submit", formType: String = "urn:xmpp:mam:2") -> String {
        """
        <x xmlns='jabber:x:data' type='\(type)'>\
        <field var='FORM_TYPE' type='hidden'><value>\(formType)</value></field>\(fields)</x>
        """
    }

    private func refusal(_ content: String, _ fields: [ArchiveForm.Field] = ArchiveForm.room) -> StanzaError? {
        do {
            _ = try query(content, fields)
            return nil
        } catch {
            return error as? StanzaError
        }
    }

    // XEP-0313 §4, examples
    @Test func everyFilter() throws {
        let read = try query(
            form(
                """
                <field var='start'><value>2010-06-07T00:00:00Z</value></field>
                <field var='end'><value>2010-07-07T13:23:54.5Z</value></field>
                <field var='with'><value>juliet@capulet.lit</value></field>
                <field var='after-id'><value>a</value></field><field var='before-id'><value>b</value></field>
                <field var='ids'><value>c</value><value>d</value></field>
                """) + "<set xmlns='http://jabber.org/protocol/rsm'><max>10</max><before/></set><flip-page/>")
        #expect(read.queryID == "f27")
        #expect(read.start == Moment(xep0082: "2010-06-07T00:00:00Z"))
        #expect(read.end == Moment(xep0082: "2010-07-07T13:23:54.5Z"))
        #expect(read.with == (try JID("juliet@capulet.lit")))
        #expect(read.afterID == "a" && read.beforeID == "b" && read.ids == ["c", "d"])
        #expect(read.page == ResultSet.Request(max: 10, before: ""))
        #expect(read.flipsPage && read.isFiltered)
        #expect(read.namedIDs == ["a", "b", "c", "d"])
    }

    @Test func nothingIsEverything() throws {
        #expect(try query("") == ArchiveQuery(queryID: "f27"))
        let empty = try query(form("<field var='start'><value/></field><field var='ids'/><field var='with'/>"))
        #expect(empty == ArchiveQuery(queryID: "f27") && !empty.isFiltered)
        #expect(try query("<set xmlns='http://jabber.org/protocol/rsm'><after>x</after></set>").namedIDs == ["x"])
    }

    // MUCX-016, MUCX-021
    @Test(arguments: [
        ("<field var='colour'><value>red</value></field>", StanzaError.Condition.featureNotImplemented),
        ("<field var='include-groupchat'><value>1</value></field>", .featureNotImplemented),
        ("<field var='start'><value>yesterday</value></field>", .badRequest),
        ("<field var='end'><value>2010-06-07</value></field>", .badRequest),
        ("<field var='with'><value>a@b@c</value></field>", .jidMalformed),
        ("<field var='ids'>\((0...250).map { "<value>\($0)</value>" }.joined())</field>", .policyViolation),
    ])
    func refusedFields(fields: String, condition: StanzaError.Condition) {
        #expect(refusal(form(fields))?.condition == condition)
    }

    // MUCX-016, MUCX-021
    @Test func refusedForms() {
        #expect(refusal(form("", type: "form"))?.condition == .badRequest)
        #expect(refusal(form("", formType: "urn:xmpp:mam:1"))?.condition == .badRequest)
        #expect(refusal("<x xmlns='jabber:x:data' type='submit'/>")?.condition == .badRequest)
        let set = "<set xmlns='http://jabber.org/protocol/rsm'>"
        #expect(refusal("\(set)<index>3</index></set>")?.condition == .featureNotImplemented)
        #expect(refusal("\(set)<max>many</max></set>")?.condition == .badRequest)
    }

    @Test func groupchatIsAFieldOfAccounts() throws {
        let field = "<field var='include-groupchat'><value>false</value></field>"
        let read = try query(form(field), ArchiveForm.account)
        #expect(read.includesGroupchat == false && read.isFiltered)
        let odd = form("<field var='include-groupchat'><value>maybe</value></field>")
        #expect(refusal(odd, ArchiveForm.account)?.condition == .badRequest)
    }

    // MUCX-022
    @Test func theForm() throws {
        let element = try #require(ArchiveForm.answer(ArchiveForm.room).firstChild)
        let form = try #require(DataForm(reading: element))
        #expect(form.type == .form && form.formType == NS.mam)
        #expect(form.fields.map(\.name) == ["FORM_TYPE", "start", "end", "with", "before-id", "after-id", "ids"])
        #expect(form.fields.allSatisfy { !$0.isRequired && $0.options.isEmpty })
        let ids = try #require(form.field("ids"))
        #expect(ids.kind == .listMulti && ids.isOpen)
        #expect(ArchiveForm.account.last == .includesGroupchat)
    }
}
