// Data forms: read as strangers write them, written as XEP-0004 wants them.

import Testing
import XML
import XMPP

@Suite struct DataFormTests {
    private func read(_ xml: String) throws -> DataForm {
        try #require(DataForm(reading: Element(parsing: xml)))
    }

    // XEP-0004 §5.1, Example 2, shortened
    @Test func offeredForm() throws {
        let form = try read(
            """
            <x xmlns='jabber:x:data' type='form'>
              <title>Bot Configuration</title>
              <instructions>Fill out this form to configure your new bot!</instructions>
              <instructions>Be quick.</instructions>
              <field type='hidden' var='FORM_TYPE'><value>jabber:bot</value></field>
              <field type='fixed'><value>Section 1: Bot Info</value></field>
              <field type='text-single' label='The name of your bot' var='botname'/>
              <field type='text-multi' label='Helpful description' var='description'><desc>In words</desc></field>
              <field type='boolean' label='Public bot?' var='public'><required/></field>
              <field type='list-multi' label='What features?' var='features'>
                <option label='Contests'><value>contests</value></option>
                <option label='News'><value>news</value></option>
                <option/>
                <value>news</value>
                <value>search</value>
              </field>
              <stray xmlns='urn:other'/>
            </x>
            """)
        #expect(form.type == .form && form.title == "Bot Configuration" && form.formType == "jabber:bot")
        #expect(form.instructions == ["Fill out this form to configure your new bot!", "Be quick."])
        #expect(form.fields.map(\.name) == ["FORM_TYPE", "", "botname", "description", "public", "features"])
        #expect(form.fields[1].kind == .fixed && form.fields[1].values == ["Section 1: Bot Info"])
        #expect(form.field("description")?.explanation == "In words")
        #expect(form.field("public")?.isRequired == true && form.field("botname")?.isRequired == false)
        #expect(
            form.field("features")?.options == [.init("contests", label: "Contests"), .init("news", label: "News")])
        #expect(form.values(of: "features") == ["news", "search"])
    }

    // MUC-372: FORM_TYPE and fields without type, unknown fields, nothing else.
    @Test func handMadeSubmission() throws {
        let form = try read(
            """
            <x xmlns='jabber:x:data' type='submit'>
              <field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>
              <field var='muc#roomconfig_membersonly'><value>1</value></field>
              <field var='muc#roomconfig_roomname'><value>Parlour</value></field>
              <field var='x-nobody-knows' type='x-kind'><value>?</value></field>
              <field var='muc#roomconfig_roomowners'/>
            </x>
            """)
        #expect(form.formType == NS.mucRoomConfig)
        #expect(form.flag(of: "muc#roomconfig_membersonly") == true)
        #expect(form.value(of: "muc#roomconfig_roomname") == "Parlour")
        #expect(form.field("x-nobody-knows")?.kind == nil)
        // absent is not empty: XEP-0004 §3.6
        #expect(form.values(of: "muc#roomconfig_roomowners") == [] && form.value(of: "muc#roomconfig_roomowners") == "")
        #expect(form.values(of: "muc#roomconfig_roomadmins") == nil)
        #expect(form.value(of: "muc#roomconfig_roomadmins") == nil)
        #expect(form.flag(of: "muc#roomconfig_publicroom") == nil)
    }

    // MUC-374: 0, 1, true and false.
    @Test(
        arguments: [
            ("<value>1</value>", true), ("<value>true</value>", true), ("<value> 1 </value>", true),
            ("<value>0</value>", false), ("<value>false</value>", false), ("", false),
            ("<value>yes</value>", nil), ("<value>2</value>", nil), ("<value>TRUE</value>", nil), ("<value/>", nil),
        ] as [(String, Bool?)])
    func flags(value: String, expected: Bool?) throws {
        let form = try read("<x xmlns='jabber:x:data' type='submit'><field var='f'>\(value)</field></x>")
        #expect(form.flag(of: "f") == expected)
    }

    // XEP-0068 §3
    @Test(
        arguments: [
            ("form", "type='hidden'", "urn:f"), ("form", "", nil), ("result", "type='text-single'", nil),
            ("result", "type='hidden'", "urn:f"), ("submit", "", "urn:f"), ("submit", "type='text-single'", "urn:f"),
        ] as [(String, String, String?)])
    func formTypes(type: String, kind: String, expected: String?) throws {
        let form = try read(
            "<x xmlns='jabber:x:data' type='\(type)'><field var='FORM_TYPE' \(kind)><value>urn:f</value></field></x>")
        #expect(form.formType == expected)
    }

    @Test(arguments: [
        "<x xmlns='jabber:x:data'/>", "<x xmlns='jabber:x:data' type='ask'/>", "<x xmlns='jabber:x:oob' type='form'/>",
        "<query xmlns='jabber:x:data' type='form'/>",
    ])
    func notForms(xml: String) throws {
        #expect(DataForm(reading: try Element(parsing: xml)) == nil)
    }

    // XEP-0004 §3.3: lines of text are values, and values are lines of text.
    @Test func linesOfText() throws {
        let field = DataForm.Field("d", .textMulti, values: ["one\ntwo\r\nthree", ""])
        let written = DataForm(.submit, fields: [field]).element
        #expect(written.firstChild?.children.map(\.text) == ["one", "two", "three", ""])
        #expect(DataForm(reading: written)?.text(of: "d") == "one\ntwo\nthree\n")
    }

    // XEP-0004 §5.2, Example 8, shortened
    @Test func resultWithItems() throws {
        let form = try read(
            """
            <x xmlns='jabber:x:data' type='result'>
              <title>Joogle Search: verona</title>
              <item><field var='name'><value>Benvolio</value></field><field var='url'><value>u1</value></field></item>
              <reported><field var='name'/><field var='url' type='text-single' label='Where'/></reported>
              <item><field var='name'><value>Mercutio</value></field><field var='url'><value>u2</value></field></item>
            </x>
            """)
        #expect(form.reported.map(\.name) == ["name", "url"] && form.reported[1].label == "Where")
        #expect(form.items.map { $0.map(\.values) } == [[["Benvolio"], ["u1"]], [["Mercutio"], ["u2"]]])
        #expect(form.fields.isEmpty)
        #expect(form.element.children.map(\.name) == ["title", "reported", "item", "item"])
        #expect(DataForm(reading: form.element) == form)
    }

    @Test func everythingReturns() throws {
        let form = DataForm(
            .form, formType: NS.mucRoomConfig, title: "T", instructions: ["a", "b"],
            fields: [
                .init("", .fixed, value: "Words"),
                .init("b", label: "B?", flag: true),
                .init(
                    "l", .listSingle, label: "L", values: ["1"], options: [.init("1", label: "One"), .init("2")],
                    isRequired: true, explanation: "why", extensions: [DataForm.Field.openValidation("xs:integer")]),
            ])
        #expect(DataForm(reading: form.element) == form)
        #expect(form.fields.first == .init("FORM_TYPE", .hidden, value: NS.mucRoomConfig))
        #expect(form.field("b")?.values == ["1"])
        #expect(
            String(decoding: DataForm(.submit, formType: "urn:f").element.bytes(), as: UTF8.self)
                == "<x xmlns='jabber:x:data' type='submit'>"
                + "<field var='FORM_TYPE' type='hidden'><value>urn:f</value></field></x>")
    }

    @Test func firstOfTwoFieldsCounts() throws {
        let form = try read(
            """
            <x xmlns='jabber:x:data' type='submit'><field var='f'><value>1</value></field>\
            <field var='f'><value>0</value></field></x>
            """)
        #expect(form.flag(of: "f") == true)
    }
}
