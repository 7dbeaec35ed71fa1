// The form by which voice is asked for and given.

import Rooms
import XML
import XMPP

/// The muc#request form (XEP-0045 §8.6, §16.5.2).
enum VoiceForm {
    static let role = "muc#role"
    static let jid = "muc#jid"
    static let nick = "muc#roomnick"
    static let allows = "muc#request_allow"

    /// The form in a message, well-formed as a form or not.
    static func element(in stanza: Stanza) -> Element? {
        guard stanza.type != .groupchat, stanza.type != .error else { return nil }
        return stanza.payload.first { child in
            child.is("x", NS.dataForms)
                && child.children.contains {
                    $0["var"] == DataForm.formTypeField && $0.child("value", NS.dataForms)?.text == NS.mucRequest
                }
        }
    }

    /// What each moderator is asked (MUC-231).
    static func asking(for person: Person) -> DataForm {
        let voice = Role.participant.token
        return DataForm(
            .form, formType: NS.mucRequest, title: "\(person.nick) asks for voice",
            instructions: ["Say yes to let \(person.nick) speak; else close this form."],
            fields: [
                DataForm.Field(role, .listSingle, label: "Role", values: [voice], options: [.init(voice)]),
                DataForm.Field(jid, .jidSingle, label: "Address", value: person.jid.description),
                DataForm.Field(nick, .textSingle, label: "Nick", value: person.nick),
                DataForm.Field(allows, label: "Give voice", flag: false),
            ])
    }
}
