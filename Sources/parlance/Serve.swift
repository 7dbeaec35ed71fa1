// `parlance serve`: a server in the foreground until it is told to stop.

import ArgumentParser
import Foundation
import Server

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start the server in the foreground.",
        discussion: """
            Without --config the domain is localhost, clients arrive on 127.0.0.1:5222 and the data is in ./data. \
            At the very first start without --config an account me@localhost is made, and its password is told once. \
            READY is printed when everything is bound. SIGTERM or ctrl-C stops the server in order.
            """)

    @OptionGroup var place: Place

    func run() async throws {
        let configuration = try place.configuration()
        umask(0o077)  // what the server makes is for its own user
        signal(SIGPIPE, SIG_IGN)  // a log reader that went away does not end the server
        try await Run(configuration: configuration, isLocal: place.config == nil).untilStopped()
    }
}
