// Nicks, preferences and invitations: small requests of participants to their channel.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands `<setnick/>` and its older spellings (XEP-0369 §7.1.4; MIX2-154, rule X-21).
struct NickReader {
    let speaker: Speaker
    let element: Element

    func read() throws(StanzaError) -> Intent {
        let inbound = speaker.inbound
        guard speaker.isMember else { throw StanzaError(.forbidden) }
        let (name, namespace) = (element.name, element.namespace)
        let nick = element.child("nick", namespace)?.text ?? ""
        let isHint = namespace == NS.mix0 && name != "register"
        let grammar = isHint ? speaker.pinned(to: .v021) : speaker.grammar
        let (_, commands) = try speaker.place(now: grammar)
        let (request, from) = (inbound.stanza, inbound.from)
        return .change(
            commands + [.membership(.rename(from.bare, nick: nick.isEmpty ? nil : nick))],
            answer: Intent.Answer { _, room in
                let nick = room.participant(jid: from)?.nick ?? ""
                return request.result([Element(name, namespace) { Element("nick", namespace) { nick } }])
            })
    }
}

/// Understands `<user-preference/>` (XEP-0404 §3.1; rule mix-0.2.1 O-14).
struct PreferenceReader {
    let speaker: Speaker
    let element: Element

    private var form: PreferenceForm {
        PreferenceForm(grammar: element.namespace == NS.mix0 ? .v021 : .current)
    }

    func get() throws(StanzaError) -> Intent {
        let answer = form.form(.form, try preferences).element
        return .reply([speaker.inbound.stanza.result([Element("user-preference", element.namespace) { answer }])])
    }

    func set() throws(StanzaError) -> Intent {
        let former = try preferences
        guard let submitted = element.child("x", NS.dataForms).flatMap(DataForm.init(reading:)) else {
            throw StanzaError(.badRequest, text: "The form of preferences is missing.")
        }
        let wish = try form.take(submitted, over: former)
        let answer = Element("user-preference", element.namespace) { form.form(.result, wish).element }
        return .change(
            [.membership(.prefer(speaker.inbound.from.bare, wish))],
            answer: Intent.Answer(speaker.inbound.stanza.result([answer])))
    }

    private var preferences: Preferences {
        get throws(StanzaError) {
            guard speaker.isMember, let member = speaker.room.enrolments[jid: speaker.inbound.from] else {
                throw StanzaError(.forbidden)
            }
            return member.preferences
        }
    }
}

/// Understands `<invite/>` (XEP-0407 §6): the inviter gets what it passes on itself.
struct InvitationReader {
    let speaker: Speaker
    let element: Element

    func read() throws(StanzaError) -> Intent {
        let inbound = speaker.inbound
        let namespace = element.namespace
        guard let invitee = element.child("invitee", namespace).flatMap({ try? JID($0.text) }) else {
            throw StanzaError(.badRequest, text: "Nobody is named who is invited.")
        }
        let (request, channel) = (inbound.stanza, inbound.room)
        return .change(
            [.membership(.invite(invitee, by: inbound.requester))],
            answer: Intent.Answer { events, _ in
                let made = events.lazy.compactMap { event -> ChannelInvitation? in
                    if case .membership(.invited(let invitation)) = event { invitation } else { nil }
                }.first
                let answer = Element("invite", namespace) {
                    made.map { Self.element($0, to: channel, in: namespace) }
                }
                return request.result([answer])
            })
    }

    private static func element(_ invitation: ChannelInvitation, to channel: JID, in namespace: String) -> Element {
        Element("invitation", namespace) {
            Element("inviter", namespace) { invitation.inviter.description }
            Element("invitee", namespace) { invitation.invitee.description }
            Element("channel", namespace) { channel.description }
            Element("token", namespace) { invitation.token }
        }
    }
}
