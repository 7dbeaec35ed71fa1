// What a play needs of the place where it is played.

package import Host
import Synchronization
package import XML
package import XMPP

/// A house with clients: in process, or on sockets. Used by one task.
package protocol Stage: AnyObject {
    /// The domain of the rooms of this scenario.
    var rooms: String { get }
    /// The domain under which the same rooms are channels of MIX; `rooms` itself where it speaks all dialects.
    var channels: String { get }
    /// The domain of the accounts.
    var accounts: String { get }
    /// In words, for messages: `in process, seed 7`.
    var name: String { get }
    var now: Moment { get }

    /// Unpredictable bytes for names and passwords.
    func bytes(_ count: Int) -> [UInt8]

    /// Makes an account.
    func register(_ login: Login) async throws

    /// Logs a client in, which goes on with a session if it has one.
    func connect(_ login: Login, _ manner: Manner, _ managed: ManagedStream) async throws -> any Line

    /// Lets somebody whose account is at another server speak and hear.
    func reach(_ login: Login) -> any Line

    /// Waits until everything that was sent has had its effect and everybody has what is theirs.
    func settle() async throws

    /// The rooms of this scenario that are in memory, as they are now that everything is settled.
    func describeRooms() async -> [RoomDescription]

    /// Lets time pass.
    func advance(by duration: Duration) async throws

    /// The server goes down in order, and comes again on the same storage; every connection is lost.
    func stop() async throws

    /// Kills the server without warning and starts it again on the same storage; every connection is lost.
    func restart() async throws

    /// The next commit fails.
    func failNextCommit() throws

    /// The play is over.
    func end() async
}

/// How a client behaves of its own accord.
package enum Manner: Sendable, Equatable {
    /// It is available once it is connected, and is not shown presence of its own account.
    case inRooms
    /// The same; its presence says what it can, and it answers its server's question about that by itself.
    case capable(features: [String])
    /// It says nothing, and is shown everything.
    case plain
}

/// What cannot be done on a stage, or went wrong there.
package struct StageFault: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// A client's connection, as the play sees it.
package protocol Line: AnyObject {
    var feed: Feed { get }
    var managed: ManagedStream { get }
    func send(_ bytes: [UInt8])
    /// The connection is lost; the server learns of it without a word from the client.
    func cut() async throws
    /// The client ends its stream in order (RFC 6120 §4.4).
    func leave() async throws
}

/// What has arrived at a client and was not looked at yet. Written by whoever carries the bytes, read by the play.
package final class Feed: Sendable {
    /// Something that arrived.
    package enum Item: Sendable {
        case stanza(Element)
        /// Not for the scenario, but for the wiretap.
        case aside(Element)
        case ended(String)
    }

    private let items = Mutex<[Item]>([])

    package init() {}

    package func add(_ item: Item) { items.withLock { $0.append(item) } }

    package func take() -> [Item] {
        items.withLock { items in
            defer { items = [] }
            return items
        }
    }
}
