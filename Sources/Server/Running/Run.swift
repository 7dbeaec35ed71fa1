// A server in the foreground: started, announced, and stopped by a signal.

import Glibc
import Logging
import ServiceLifecycle
import UnixSignals

/// One run of the server.
public struct Run: Sendable {
    private let configuration: ServerConfiguration
    private let isLocal: Bool

    /// - Parameter isLocal: there is no configuration file: whoever starts this wants to try it.
    public init(configuration: ServerConfiguration, isLocal: Bool) {
        self.configuration = configuration
        self.isLocal = isLocal
    }

    /// Runs until SIGTERM or SIGINT, and stops in order.
    public func untilStopped() async throws(OperatorFault) {
        let log = ErrorLog.logger(configuration.log)
        let service = Foreground(configuration: configuration, isLocal: isLocal, log: log)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
                gracefulShutdownSignals: stopSignals, logger: ErrorLog.quiet(configuration.log)))
        do {
            try await group.run()
        } catch let fault as OperatorFault {
            throw fault
        } catch {
            throw .failed("the server ended: \(error)")
        }
    }
}

/// What asks the server to stop; a terminal that goes away asks as well.
private let stopSignals: [UnixSignal] = [.sigterm, .sigint, .sighup]

/// The server as a service of the process.
private struct Foreground: Service {
    let configuration: ServerConfiguration
    let isLocal: Bool
    let log: Logger

    func run() async throws {
        let server = try await ParlanceServer.start(configuration, log: log)
        let account = isLocal ? try await server.makeReadyAccount() : nil
        for line in Announcement.lines(server, account: account) { Terminal.say(line) }
        Terminal.say("READY")
        try? await gracefulShutdown()
        log.info("stopping; a second signal ends the server at once")
        let impatience = Task {
            for await _ in await UnixSignalsSequence(trapping: stopSignals) { _exit(1) }
        }
        await server.stop()
        impatience.cancel()
        log.info("stopped")
    }
}
