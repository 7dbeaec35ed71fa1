// `parlance room …`: which rooms there are, how one stands, and why people came and went.

import ArgumentParser
import Server

struct Rooms: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "room", abstract: "List rooms, show one, and tell why people came and went.",
        discussion: "Works with the server running, through its control socket, and without it.",
        subcommands: [List.self, Show.self, Why.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all rooms, an address a line.")

        @OptionGroup var place: Place

        func run() async throws { try await Ask.all({ .listRooms(after: $0) }, place.configuration()) }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a room's state and who is there.")

        @OptionGroup var place: Place
        @Argument(help: "The room's name or address.") var room: String

        func run() async throws { try await Ask.once(.showRoom(room), place.configuration()) }
    }

    struct Why: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell the recorded cause of each coming and going of somebody, the newest last.")

        @OptionGroup var place: Place
        @Argument(help: "The room's name or address.") var room: String
        @Argument(help: "The address of a person or of one of their clients, or a nick.") var who: String

        func run() async throws { try await Ask.once(.explain(room: room, who: who), place.configuration()) }
    }
}
