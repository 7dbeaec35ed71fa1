// Why a verb of the command line could not do what was asked, and the exit code that goes with it.

public import Storage

/// A failure that the operator is told in one line: what, where, what to do.
public struct OperatorFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// 2: bad arguments or configuration; 1: it failed.
    public let exitCode: Int32
    public let description: String

    /// Bad arguments or configuration.
    public static func misuse(_ line: String) -> OperatorFault { OperatorFault(exitCode: 2, description: line) }

    /// It was right to ask, and did not work.
    public static func failed(_ line: String) -> OperatorFault { OperatorFault(exitCode: 1, description: line) }

    init(exitCode: Int32, description: String) {
        self.exitCode = exitCode
        self.description = description
    }

    public init(_ fault: ConfigurationFault) { self = .misuse(fault.description) }

    public init(_ fault: StorageFault) { self = .failed(fault.description) }
}
