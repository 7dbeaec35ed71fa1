// What a room says in Spanish.

extension Phrasebook {
    static let spanish = Phrasebook(
        language: "es",
        joined: "%@ ha entrado",
        left: "%@ se ha ido",
        renamed: "%@ ahora se llama %@",
        kicked: "%@ ha sido expulsado",
        banned: "%@ ha sido vetado",
        lostMembership: "%@ ha sido retirado por no ser ya miembro de esta sala",
        becameMembersOnly: "%@ ha sido retirado, porque esta sala es ahora solo para miembros",
        missesFeature: "%@ ha sido retirado, porque a su cliente le falta una función que esta sala exige: %@",
        topicSet: "%@ ha cambiado el tema: %@",
        topicCleared: "%@ ha borrado el tema",
        declined: "%@ ha rechazado tu invitación",
        jidsVisible: "Todos en esta sala pueden ver tu dirección real.",
        jidsShown: "Desde ahora todos en esta sala pueden ver tu dirección real.",
        jidsHidden: "Desde ahora solo los moderadores pueden ver tu dirección real.",
        logged: "Esta sala se registra públicamente.",
        loggingOn: "Desde ahora esta sala se registra públicamente.",
        loggingOff: "Esta sala ya no se registra públicamente.",
        configured: "La configuración de esta sala ha cambiado.",
        featuresRequired: "Desde ahora esta sala exige funciones que tu cliente no tiene: %@.",
        destroyed: "Esta sala ha sido eliminada",
        moved: "Esta sala ha sido eliminada; la conversación sigue en %@",
        shutDown: "El servicio se detiene; vuelve más tarde.",
        voiceGranted: "Ahora puedes hablar en esta sala.",
        voiceRevoked: "Ya no puedes hablar en esta sala.")
}
