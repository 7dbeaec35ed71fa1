// What a room says in French.

extension Phrasebook {
    static let french = Phrasebook(
        language: "fr",
        joined: "%@ est arrivé",
        left: "%@ est parti",
        renamed: "%@ s’appelle maintenant %@",
        kicked: "%@ a été expulsé",
        banned: "%@ a été banni",
        lostMembership: "%@ a été retiré, n’étant plus membre de ce salon",
        becameMembersOnly: "%@ a été retiré, car ce salon est désormais réservé aux membres",
        missesFeature: "%@ a été retiré, car il manque à son client une fonction exigée par ce salon : %@",
        topicSet: "%@ a changé le sujet : %@",
        topicCleared: "%@ a effacé le sujet",
        declined: "%@ a décliné votre invitation",
        jidsVisible: "Tout le monde dans ce salon peut voir votre véritable adresse.",
        jidsShown: "Désormais, tout le monde dans ce salon peut voir votre véritable adresse.",
        jidsHidden: "Désormais, seuls les modérateurs peuvent voir votre véritable adresse.",
        logged: "Ce salon est enregistré publiquement.",
        loggingOn: "Désormais, ce salon est enregistré publiquement.",
        loggingOff: "Ce salon n’est plus enregistré publiquement.",
        configured: "La configuration de ce salon a changé.",
        featuresRequired: "Désormais, ce salon exige des fonctions que votre client n’a pas : %@.",
        destroyed: "Ce salon a été supprimé",
        moved: "Ce salon a été supprimé ; la conversation continue dans %@",
        shutDown: "Le service s’arrête ; revenez plus tard.",
        voiceGranted: "Vous pouvez maintenant parler dans ce salon.",
        voiceRevoked: "Vous ne pouvez plus parler dans ce salon.")
}
