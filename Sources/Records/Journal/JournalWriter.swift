package import Containers

/// Writes the identity journal as JSON Lines: an entry a line, with the keys of `Docs/Records.md`. `JournalReader` reads it.
///
/// Collects lines in a buffer that is used again; whoever owns the writer takes them away with `drain` often enough.
package struct JournalWriter: ~Copyable {
    private var json: JSONBuffer
    /// The monitored host's, on every line once it is known.
    private var hostName: String?
    /// Containers that were written as started and not yet as stopped.
    private var started: Set<ContainerKey> = []

    /// The most containers whose start is remembered; of further ones every change is written as a start.
    package static var startedLimit: Int { 65_536 }

    package init() {
        json = JSONBuffer(capacity: 16_384)
    }

    /// The lines that wait.
    package var bytes: [UInt8] { json.bytes }

    /// How many bytes wait.
    package var count: Int { json.bytes.count }

    /// Writes one entry.
    package mutating func write(_ entry: JournalEntry) {
        if case .host(_, let name) = entry.change { hostName = name.isEmpty ? nil : name }
        json.beginLine()
        json.pair("@timestamp", entry.time, digits: 9)
        let event = json.beginObject("event")
        json.pair("kind", "state")
        json.pair("action", action(for: entry.change))
        json.end(event)
        let portolan = json.beginObject("portolan")
        json.pair("change", entry.change.word.rawValue)
        json.end(portolan)
        json.writeHost(hostName, of: entry.change)
        json.write(entry.change)
        json.endLine()
    }

    /// Gives all waiting lines away, in pieces of at most 64 KiB, and forgets them, also when `body` fails.
    package mutating func drain<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Void) throws(Failure) {
        defer { json.removeAll() }
        try json.forEachPiece(of: 65_536, body)
    }

    /// Forgets the lines that wait.
    package mutating func removeAll() { json.removeAll() }

    /// The value of `event.action`.
    private mutating func action(for change: JournalEntry.Change) -> String {
        switch change {
        case .container(let container):
            if started.contains(container.key) { return "identity_changed" }
            if started.count < Self.startedLimit { started.insert(container.key) }
            return "container_started"
        case .containerEnded(let key):
            started.remove(key)
            return "container_stopped"
        case .listener: return "listener_opened"
        case .listenerClosed: return "listener_closed"
        default: return "identity_changed"
        }
    }
}
