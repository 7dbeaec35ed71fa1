// Submissions against the form that was offered.

import Testing
import XMPP

@Suite struct FormCheckTests {
    private let offered = DataForm(
        .form, formType: "urn:f",
        fields: [
            .init("", .fixed, value: "Words"),
            .init("public", .boolean),
            .init("whois", .listSingle, options: [.init("moderators"), .init("anyone")]),
            .init(
                "max", .listSingle, options: [.init("10"), .init("none")],
                extensions: [DataForm.Field.openValidation()]),
            .init("roles", .listMulti, options: [.init("visitor"), .init("participant")]),
            .init("contact", .jidSingle),
            .init("owners", .jidMulti),
            .init("name", .textSingle),
            .init("about", .textMulti),
            .init("plain"),
        ])

    private func fault(_ fields: [DataForm.Field], _ type: DataForm.Kind = .submit) -> FormFault? {
        do throws(FormFault) {
            try offered.check(DataForm(type, fields: fields))
            return nil
        } catch {
            return error
        }
    }

    // MUC-374: booleans in four spellings, list values among the options; types of submitted fields do not matter.
    @Test(
        arguments: [
            ([.init("public", .textSingle, value: "true")], nil),
            ([.init("public", values: ["0"])], nil),
            ([.init("public", value: "maybe")], .badValue(field: "public")),
            ([.init("public", values: ["1", "0"])], .tooManyValues(field: "public")),
            ([.init("whois", value: "anyone")], nil),
            ([.init("whois", value: "none")], .notAnOption(field: "whois")),
            ([.init("whois", values: ["anyone", "moderators"])], .tooManyValues(field: "whois")),
            ([.init("max", value: "37")], nil),
            ([.init("roles", values: ["visitor", "participant"])], nil),
            ([.init("roles", values: ["visitor", "king"])], .notAnOption(field: "roles")),
            ([.init("contact", value: "a@b")], nil),
            ([.init("contact", value: "@b")], .badValue(field: "contact")),
            ([.init("owners", values: ["a@b", "c@d"])], nil),
            ([.init("owners", values: ["a@b", "c@"])], .badValue(field: "owners")),
            ([.init("name", values: ["a", "b"])], .tooManyValues(field: "name")),
            ([.init("plain", values: ["a", "b"])], .tooManyValues(field: "plain")),
            ([.init("about", values: ["a", "b"])], nil),
            // without a value: cleared
            ([.init("whois"), .init("contact", value: ""), .init("public")], nil),
            // unknown
            ([.init("colour", .boolean, value: "blue")], nil),
        ] as [([DataForm.Field], FormFault?)])
    func values(fields: [DataForm.Field], expected: FormFault?) {
        #expect(fault(fields) == expected)
        #expect(expected?.field == fault(fields)?.field)
    }

    @Test func onlySubmissionsAreChecked() {
        #expect(fault([]) == nil)
        for type in [DataForm.Kind.form, .cancel, .result] { #expect(fault([], type) == .notASubmission) }
        #expect(FormFault.notASubmission.field == nil)
    }

    @Test func requiredFields() throws {
        let strict = DataForm(.form, fields: [.init("nick", .textSingle, isRequired: true), .init("email")])
        try strict.check(DataForm(.submit, fields: [.init("nick", value: "Juliet")]))
        #expect(throws: FormFault.missing(field: "nick")) { try strict.check(DataForm(.submit)) }
        #expect(throws: FormFault.missing(field: "nick")) {
            try strict.check(DataForm(.submit, fields: [.init("nick", value: "")]))
        }
    }
}
