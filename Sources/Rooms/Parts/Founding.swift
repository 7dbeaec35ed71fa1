// A room that is made without entering it (XEP-0007, its second complaint about groupchat 1.0).

import XMPP

extension Room {
    /// Makes the room, open and empty. It stays while nobody is in it, or it would end as it begins (SIG-022).
    func found(
        by requester: Requester, _ wish: [Setting: SettingValue], _ context: Context
    ) throws(Refusal) -> [Event] {
        guard state == .absent || isHidden(from: requester, at: context.now) else { throw .roomExists }
        if let tombstone, !requester.isOperator, tombstone.keepsOut(requester.jid, at: context.now) {
            throw .gone(alternate: tombstone.alternate)
        }
        guard Lobby.allows(name: name.local) else { throw .nameUnwanted }
        guard context.mayCreate || requester.isOperator else {
            throw context.offersCreation ? .creationForbidden : .roomMissing
        }
        // whoever may make rooms learns that this name is taken, and nobody else does
        guard state == .absent else { throw .roomExists }
        var settings = context.defaults
        settings[.isPersistent] = .flag(true)
        for (setting, value) in wish {
            guard setting.allows(value) else { throw .invalidSetting(setting) }
            settings[setting] = value
        }
        let creation = Event.Creation(
            stamp: nextStamp(context), secret: RoomSecret(context.randomBytes(RoomSecret.length)),
            owner: requester.jid.bare, isLocked: false, settings: settings, opensAt: nil)
        return [.lifecycle(.created(creation))]
    }
}
