// What a room says in English.

extension Phrasebook {
    static let english = Phrasebook(
        language: "en",
        joined: "%@ has become available",
        left: "%@ has left",
        renamed: "%@ is now known as %@",
        kicked: "%@ has been kicked",
        banned: "%@ has been banned",
        lostMembership: "%@ has been removed, being no longer a member of this room",
        becameMembersOnly: "%@ has been removed, because this room is now for members only",
        missesFeature: "%@ has been removed, because its client lacks a feature that this room requires: %@",
        topicSet: "%@ has set the topic to: %@",
        topicCleared: "%@ has cleared the topic",
        declined: "%@ has declined your invitation",
        jidsVisible: "Everybody in this room can see your real address.",
        jidsShown: "From now on everybody in this room can see your real address.",
        jidsHidden: "From now on only moderators can see your real address.",
        logged: "This room is logged publicly.",
        loggingOn: "From now on this room is logged publicly.",
        loggingOff: "This room is no longer logged publicly.",
        configured: "The configuration of this room has changed.",
        featuresRequired: "From now on this room requires features that your client does not have: %@.",
        destroyed: "This room has been destroyed",
        moved: "This room has been destroyed; the conversation goes on in %@",
        shutDown: "The service is going down; come back later.",
        voiceGranted: "You may speak in this room now.",
        voiceRevoked: "You may not speak in this room any more.")
}
