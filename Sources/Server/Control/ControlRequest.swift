// What the operator's verbs ask, of a store or of a running server: one JSON object a line each way.

/// One request of an operator.
public enum ControlRequest: Codable, Sendable, Equatable {
    /// Accounts are named by local part.
    case createAccount(name: String, keys: AccountKeys)
    case importAccounts([NewAccount])
    case deleteAccount(name: String)
    case listAccounts(after: String?)
    case setPassword(name: String, keys: AccountKeys)
    case listRooms(after: String?)
    /// Rooms are named by local part or address.
    case showRoom(String)
    case explain(room: String, who: String)

    /// An account to be made.
    public struct NewAccount: Codable, Sendable, Equatable {
        public let name: String
        public let keys: AccountKeys

        public init(name: String, keys: AccountKeys) {
            self.name = name
            self.keys = keys
        }
    }
}

/// What comes back.
public struct ControlAnswer: Codable, Sendable, Equatable {
    /// For the terminal, or as the request says.
    public var lines: [String] = []
    /// Where the next page starts; nil: this is the last.
    public var next: String?
    /// Why it did not work, in one line.
    public var fault: String?
    /// The exit code that goes with the fault.
    public var exitCode: Int32 = 0

    public init(_ lines: [String] = [], next: String? = nil) {
        self.lines = lines
        self.next = next
    }

    public init(_ fault: OperatorFault) {
        self.fault = fault.description
        exitCode = fault.exitCode
    }

    /// The answer, or the fault in it.
    public func get() throws(OperatorFault) -> ControlAnswer {
        if let fault { throw OperatorFault(exitCode: exitCode, description: fault) }
        return self
    }
}

/// The bounds of the control socket.
enum ControlLimits {
    /// Bytes of one request or answer.
    static let lineBytes = 8_388_608
    /// Accounts of one import request.
    static let importedAccounts = 1_000
    /// Lines of one page of a list.
    static let pageLines = 500
    /// Comings and goings that `room why` tells.
    static let notes = 1_000
}
