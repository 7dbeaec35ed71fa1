// Why a configuration is refused, in one line: where, what, and what to do.

/// What is wrong with a configuration.
public struct ConfigurationFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Where the wrong thing stands.
    public enum Place: Sendable, Equatable {
        case file(String, line: Int, column: Int)
        /// The file as a whole.
        case wholeFile(String)
        case environment(variable: String)
    }

    public let place: Place
    /// What is wrong and what to do.
    public let problem: String

    public init(_ place: Place, _ problem: String) {
        self.place = place
        self.problem = problem
    }

    /// One line, for example `parlance.yaml:3:1: unknown key "domian": did you mean "domain"?`.
    public var description: String {
        switch place {
        case .file(let file, let line, let column): "\(file):\(line):\(column): \(problem)"
        case .wholeFile(let file): "\(file): \(problem)"
        case .environment(let variable): "environment variable \(variable): \(problem)"
        }
    }
}
