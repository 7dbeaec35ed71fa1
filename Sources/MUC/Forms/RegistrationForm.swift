// The form by which a nick is registered with a room.

import XMPP

/// The muc#register form (XEP-0045 §7.10, §16.5.1): a room asks for nothing but the nick (MUC-215).
enum RegistrationForm {
    static let nick = "muc#register_roomnick"
    static let instructions = "Choose the nick that this room keeps for you."

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
