// What a room says in German.

extension Phrasebook {
    static let german = Phrasebook(
        language: "de",
        joined: "%@ ist jetzt da",
        left: "%@ ist gegangen",
        renamed: "%@ heißt jetzt %@",
        kicked: "%@ wurde hinausgeworfen",
        banned: "%@ wurde verbannt",
        lostMembership: "%@ wurde entfernt und ist kein Mitglied dieses Raums mehr",
        becameMembersOnly: "%@ wurde entfernt, weil der Raum jetzt nur noch Mitgliedern offensteht",
        missesFeature: "%@ wurde entfernt, weil dem Client etwas fehlt, das dieser Raum verlangt: %@",
        topicSet: "%@ hat das Thema geändert: %@",
        topicCleared: "%@ hat das Thema gelöscht",
        declined: "%@ hat deine Einladung abgelehnt",
        jidsVisible: "Alle in diesem Raum können deine echte Adresse sehen.",
        jidsShown: "Ab jetzt können alle in diesem Raum deine echte Adresse sehen.",
        jidsHidden: "Ab jetzt können nur noch Moderatoren deine echte Adresse sehen.",
        logged: "Dieser Raum wird öffentlich aufgezeichnet.",
        loggingOn: "Ab jetzt wird dieser Raum öffentlich aufgezeichnet.",
        loggingOff: "Dieser Raum wird nicht mehr öffentlich aufgezeichnet.",
        configured: "Die Einstellungen dieses Raums wurden geändert.",
        featuresRequired: "Ab jetzt verlangt dieser Raum etwas, das deinem Client fehlt: %@.",
        destroyed: "Dieser Raum wurde aufgelöst",
        moved: "Dieser Raum wurde aufgelöst; weiter geht es in %@",
        shutDown: "Der Dienst wird beendet; komm später wieder.",
        voiceGranted: "Du darfst in diesem Raum jetzt sprechen.",
        voiceRevoked: "Du darfst in diesem Raum nicht mehr sprechen.")
}
