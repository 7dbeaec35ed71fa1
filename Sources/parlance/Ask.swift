// One request of a verb: asked, its answer printed, the data folder let go.

import Server

/// Asks and prints.
enum Ask {
    /// - Parameter makingFolder: whether the data folder is made if it is not there.
    static func once(
        _ request: ControlRequest, _ configuration: ServerConfiguration, makingFolder: Bool = false
    ) async throws(OperatorFault) {
        let access = try OperatorAccess(configuration, makingFolder: makingFolder)
        if access.hasMadeFolder { Terminal.say("made \(configuration.data)") }
        do throws(OperatorFault) {
            for line in try await access.ask(request).lines { Terminal.say(line) }
        } catch {
            await access.close()
            throw error
        }
        await access.close()
    }

    static func all(
        _ request: (_ after: String?) -> ControlRequest, _ configuration: ServerConfiguration
    ) async throws(OperatorFault) {
        let access = try OperatorAccess(configuration)
        do throws(OperatorFault) {
            try await access.all(request) { $0.forEach(Terminal.say) }
        } catch {
            await access.close()
            throw error
        }
        await access.close()
    }
}
