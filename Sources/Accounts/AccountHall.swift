// The accounts of one shard, and the connections of its loop.

public import Host
import Logging
public import Storage
import Streams
import XML
public import XMPP

/// The accounts that live on one shard and the clients connected to its loop. Confined to that shard.
public final class AccountHall: Resident {
    let setup: AccountsSetup
    /// Parsers shared by the streams of this loop.
    let parsers = ParserPool()
    private var accounts: [String: AccountLoop] = [:]
    private var connections: [Port: ClientConnection] = [:]
    /// Sessions that can be resumed, by what names them.
    private var resumable: [String: Session] = [:]
    /// Those of them that no connection carries.
    private var hibernating: [UInt64: Session] = [:]
    private(set) var endedSessions = EndedSessions()
    private let desk: DomainDesk
    let table: AccountTable
    /// What kinds of clients want to hear of.
    let capabilities: CapabilitiesCache
    private var ready: [AccountLoop] = []
    private var connectionsOpened: UInt64 = 0
    private var sweeping: Cancellation?
    /// When this began, for whoever asks how long the server runs.
    private(set) var openedAt: Moment?

    public convenience init(_ setup: AccountsSetup) { self.init(setup, AccountTable.standard) }

    init(_ setup: AccountsSetup, _ table: AccountTable) {
        self.setup = setup
        self.table = table
        desk = DomainDesk(setup, table)
        capabilities = CapabilitiesCache(most: setup.limits.capabilitiesRemembered)
    }

    // MARK: Connections

    /// Takes up a connection and gives it a number.
    func opened(_ connection: ClientConnection, at port: Port) -> UInt64 {
        connections[port] = connection
        connectionsOpened += 1
        return connectionsOpened
    }

    func closed(_ port: Port) { connections[port] = nil }

    /// The session that is named so, if it is one of this account.
    func session(resumableBy id: String, of account: JID) -> Session? {
        guard let session = resumable[id], session.jid.bare == account else { return nil }
        return session
    }

    /// A session has begun to count its stanzas.
    func began(_ session: Session) {
        if let id = session.management?.resumption?.id { resumable[id] = session }
    }

    func hibernates(_ session: Session) { hibernating[session.number] = session }

    func wakes(_ session: Session) { hibernating[session.number] = nil }

    func ended(_ session: Session) {
        hibernating[session.number] = nil
        guard let id = session.management?.resumption?.id, resumable.removeValue(forKey: id) != nil else { return }
        endedSessions.add(
            id, of: session.jid.bare, handled: session.ledger.handled, limit: setup.limits.endedSessions)
    }

    /// Looks at all connections now and then; the first look is asked for by the assembly.
    public func startSweeping(on shard: isolated Shard) {
        let home = shard.house.shards[shard.index]
        if openedAt == nil { openedAt = shard.loop.now }
        sweeping = shard.loop.schedule(after: .seconds(setup.limits.sweepSeconds)) {
            home.assumeIsolated { shard in
                guard let hall = shard.accountHall else { return }
                for connection in hall.inOrder { connection.sweep(on: shard) }
                for session in hall.hibernatingInOrder { session.sweep(on: shard) }
                hall.startSweeping(on: shard)
            }
        }
    }

    // MARK: Accounts

    /// The account of a bare JID of the domain, whether it exists or not.
    func account(_ jid: JID, on shard: isolated Shard) -> AccountLoop {
        let name = jid.local ?? ""
        if let known = accounts[name] { return known }
        let account = AccountLoop(jid.bare, self)
        accounts[name] = account
        account.load(on: shard)
        return account
    }

    /// The account of this name, if it is in memory.
    func known(_ name: String) -> AccountLoop? { accounts[name] }

    func letGo(_ account: AccountLoop) {
        if accounts[account.name] === account { accounts[account.name] = nil }
    }

    public func receive(_ envelope: Envelope, on shard: isolated Shard) {
        guard let name = envelope.to.local else { return desk.receive(envelope, on: shard) }
        // nobody is there to see it: an account is not read because a contact comes or goes
        if envelope.stanza.isPresenceOfSomebody, accounts[name] == nil { return shard.complete(envelope) }
        account(envelope.to, on: shard).post(.inbound(envelope), on: shard)
    }

    /// What a client speaks is of use while it is there; the rest its account is to keep.
    public func take(_ notice: ChannelNotice, on shard: isolated Shard) {
        guard let name = notice.account.local else { return }
        if case .spoke(let resource, _) = notice.kind, accounts[name] == nil {
            return shard.deafen(resource, to: notice.channel)
        }
        account(notice.account, on: shard).post(.channel(notice), on: shard)
    }

    /// An account has mail that it can take.
    func isReady(_ account: AccountLoop) { ready.append(account) }

    public func endTick(on shard: isolated Shard) {
        let taken = ready
        ready = []
        for account in taken { account.turn(on: shard) }
    }

    public func shutDown(on shard: isolated Shard) {
        sweeping?.cancel()
        for connection in inOrder { connection.shutDown(StreamErrors.shutdown, on: shard) }
        for session in hibernatingInOrder { session.terminate(StreamErrors.shutdown, on: shard) }
    }

    /// The connections, the oldest first: whoever goes through them closes some.
    private var inOrder: [ClientConnection] { connections.values.sorted { $0.number < $1.number } }

    private var hibernatingInOrder: [Session] { hibernating.values.sorted { $0.number < $1.number } }

    public func isQuiet(on shard: isolated Shard) -> Bool {
        ready.isEmpty && accounts.values.allSatisfy(\.isQuiet)
    }

    /// How many clients are connected to this loop.
    public var connectionCount: Int { connections.count }

    /// How many accounts are in memory.
    public var accountCount: Int { accounts.count }

    /// An account is no more: its streams end, and it leaves its channels.
    ///
    /// - Parameter stored: what it was, for one that is not in memory.
    public func removed(_ jid: JID, _ stored: StoredAccount? = nil, on shard: isolated Shard) {
        let account = known(jid.local ?? "") ?? AccountLoop(jid.bare, self)
        let ports = account.ports
        account.vanish(stored, on: shard)
        for port in ports {
            shard.ask(Int(port.shard)) { shard in
                (shard.outlet(at: port) as? Session)?.terminate(StreamErrors.accountGone, on: shard)
            }
        }
    }
}

extension Shard {
    /// The accounts of this shard.
    public var accountHall: AccountHall? { resident(.accounts) as? AccountHall }
}
