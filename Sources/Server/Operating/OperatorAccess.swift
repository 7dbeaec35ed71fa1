// How a verb reaches the data: through the server that has the folder, or by opening the store itself.

import Network
import Storage

/// The way to one data folder for the time of one verb.
public final class OperatorAccess {
    private enum Way {
        case store(OpenStore, OperatorDesk)
        case server(ControlLink)
    }

    private let way: Way
    /// Whether the data folder was made for this verb.
    public let hasMadeFolder: Bool

    /// Opens the store, or finds the server that has it open. Blocks.
    ///
    /// - Parameter makingFolder: whether the data folder is made if it is not there.
    public init(_ configuration: ServerConfiguration, makingFolder: Bool = false) throws(OperatorFault) {
        let place = DataPlace(configuration)
        if makingFolder || place.exists, let problem = place.problem { throw .failed(problem) }
        guard makingFolder || place.hasData else {
            throw .failed("there is no data in \(configuration.data): give --data or --config")
        }
        hasMadeFolder = !place.exists
        do throws(StorageFault) {
            let opened = try OpenStore(configuration)
            way = .store(opened, OperatorDesk(configuration, opened.store) { SystemClock.now })
            return
        } catch {
            guard case .locked = error else { throw OperatorFault(error) }
        }
        way = .server(try ControlLink("\(configuration.data)/\(ControlSocket.fileName)"))
    }

    public func ask(_ request: ControlRequest) async throws(OperatorFault) -> ControlAnswer {
        switch way {
        case .store(_, let desk): try await desk.answer(request).get()
        case .server(let link): try await link.ask(request).get()
        }
    }

    /// Asks for all pages of a list.
    ///
    /// - Parameter request: the request for the page after a mark.
    public func all(
        _ request: (_ after: String?) -> ControlRequest, _ page: ([String]) -> Void
    ) async throws(OperatorFault) {
        var mark: String?
        repeat {
            let answer = try await ask(request(mark))
            page(answer.lines)
            mark = answer.next
        } while mark != nil
    }

    /// Lets go of the folder; what was asked for is written.
    public func close() async {
        if case .store(let opened, _) = way { await opened.close() }
    }
}
