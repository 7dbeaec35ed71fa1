// The wire below a client's stream: bytes in both directions, TLS, and pausing; a socket or a test.

public import DialectKit

/// Carries one connection's bytes. Confined to the loop of its shard.
public protocol Transport: AnyObject {
    /// Appends bytes to what the next `flush` sends.
    func write(_ bytes: [UInt8])

    /// Appends a stanza: its opening, the address, the rest.
    func write(_ template: Template, to address: AddressHole)

    /// Hands everything appended to the operating system.
    func flush()

    /// Flushes, drops what was received and not yet handed up, and becomes TLS; `ClientConnection.secured` follows.
    func startTLS()

    /// Stops and resumes reading: back-pressure towards a client whose changes are not yet committed.
    func pauseReading()
    func resumeReading()

    /// Flushes, then closes.
    func close()
}
