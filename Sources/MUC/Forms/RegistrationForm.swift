// The form by which a nick is registered with a room.

import Rooms
import XML
import XMPP

/// The muc#register form (XEP-0045 §7.10, §16.5.1): a room asks for nothing but the nick (MUC-215).
enum RegistrationForm {
    static let nick = "muc#register_roomnick"
    static let allows = "muc#register_allow"
    /// Whom it is about: the form of XEP-0045 has no field for that.
    static let jid = "{urn:x-parlance:room:0}jid"
    static let instructions = "Choose the nick that this room keeps for you."

    /// The form in a message, well-formed as a form or not.
    static func element(in stanza: Stanza) -> Element? {
        guard stanza.type != .groupchat, stanza.type != .error else { return nil }
        return stanza.payload.first { child in
            child.is("x", NS.dataForms)
                && child.children.contains {
                    $0["var"] == DataForm.formTypeField && $0.child("value", NS.dataForms)?.text == NS.mucRegister
                }
        }
    }

    /// What each admin is asked (MUC-225).
    static func approving(_ request: Event.RegistrationRequest) -> DataForm {
        DataForm(
            .form, formType: NS.mucRegister, title: "\(request.nick) asks to be registered",
            instructions: ["Say yes to make \(request.jid) a member; else close this form."],
            fields: [
                DataForm.Field(jid, .jidSingle, label: "Address", value: request.jid.description),
                DataForm.Field(nick, .textSingle, label: "Nick", value: request.nick),
                DataForm.Field(allows, label: "Allow", flag: false),
            ])
    }

    /// What somebody is asked who wants to register with a room.
    ///
    /// - Parameter nick: the one that is kept already.
    static func asking(_ room: JID, nick former: String?) -> DataForm {
        DataForm(
            .form, formType: NS.mucRegister, title: "Registration with \(room)", instructions: [instructions],
            fields: [
                DataForm.Field(
                    nick, .textSingle, label: "Nick", values: former.map { [$0] } ?? [], isRequired: true)
            ])
    }
}
