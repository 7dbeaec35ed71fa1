// A scenario as it was read from its file: who speaks what, and the steps in the order of their lines.

/// One scenario file.
package struct Scenario: Sendable {
    /// The file below `Tests/Scenarios`, for messages.
    package let path: String
    /// The lines of the file, for messages.
    package let lines: [String]
    /// The document that the scenario acts out.
    package let citation: String
    /// Whether it needs what only the stage in process can do.
    package let isInProcessOnly: Bool
    package let options: ServiceOptions
    package let cast: [Part]
    package let steps: [Step]

    /// Whether the server dies in it, so that it needs a server of its own.
    package var killsTheServer: Bool {
        steps.contains { step in
            switch step.action {
            case .restart, .stop: true
            default: false
            }
        }
    }
}

/// One step, with the line where it stands.
package struct Step: Sendable {
    package let line: Int
    package let action: Action

    package enum Action: Sendable {
        case setupRoom(SetupRoom)
        case enter(who: String, room: String, nick: String, password: String?)
        case setupChannel(SetupChannel)
        case join(SetupJoin)
        /// These are available; what is told of it is dropped.
        case setupAvailable([String])
        /// Two see each other's presence (RFC 6121 §3); what is told of it is dropped.
        case setupContacts(String, String)
        case send(who: String, text: String)
        case receive(ExpectedStanza)
        case unordered([ExpectedStanza])
        /// Nothing more has arrived: for one, or for everybody.
        case silence(who: String?)
        /// What has arrived is of no interest.
        case ignore(who: String?)
        case wait(Duration)
        case disconnect(who: String)
        case reconnect(who: String)
        case leaveStream(who: String)
        /// Stream management is turned on, so that the session can be resumed (XEP-0198).
        case manage(who: String)
        /// The session goes on over a new connection.
        case resume(who: String)
        case restart
        case stop
        case storageFails
    }
}

/// A room made before the play begins: entered in MUC and configured, everything about it received.
package struct SetupRoom: Sendable {
    package let room: String
    package let owner: String
    package let nick: String
    /// Fields of the configuration form with their values.
    package let fields: [(name: String, values: [String])]
}

/// A channel made before the play begins, by somebody who does not join it.
package struct SetupChannel: Sendable {
    package let channel: String
    package let owner: String
    /// Options of its configuration and its information with their values.
    package let fields: [(name: String, values: [String])]
}

/// Somebody joins a channel before the play begins, in its own way.
package struct SetupJoin: Sendable {
    package let who: String
    package let channel: String
    package let nick: String
    /// The names of the nodes.
    package let nodes: [String]
}

/// A stanza that somebody is to receive next.
package struct ExpectedStanza: Sendable {
    package let line: Int
    package let who: String
    package let pattern: ElementPattern
    /// What may stand nowhere in it.
    package let absent: [ElementPattern]
}
