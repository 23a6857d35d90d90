import Foundation
import Glibc
import Support

/// `portolan observe` on a node, and what it has said.
final class Observation {
    let running: Running
    private let node: Node

    /// Starts it and waits until it captures.
    init(on node: Node, _ options: String...) throws {
        self.node = node
        running = try node.start([BuiltProgram.location.path, "observe", "-o", "json", "--events", "all"] + options)
        try running.waitFor("capturing on", within: .seconds(60))
    }

    /// Waits until it captures inside of a network namespace that is mounted on the node; packet(7)'s own list tells.
    func waitUntilInside(_ path: String) throws {
        try running.waitUntil("it captures in \(path)") { _ in
            let sockets = try? node.output(of: "nsenter", "--net=\(path)", "cat", "/proc/net/packet")
            return sockets?.split(separator: "\n").count ?? 0 > 1
        }
    }

    private var byName: [String: Conversation] = [:]
    private var order: [String] = []
    /// What it said that is no flow: of the host, losses, the summary.
    private(set) var others: [Record] = []

    /// The first and the last record of each flow so far, in the order they began.
    var conversations: [Conversation] {
        take()
        return order.compactMap { byName[$0] }
    }

    /// Reads what it has said since the last time, and notes when that was.
    func take() {
        let lines = running.takeLines()
        if lines.isEmpty { return }
        let now = Self.now
        for line in lines {
            guard let record = Record(line: line) else { continue }
            guard line.contains("\"flow_"), let name = record["flow.id"] else {
                others.append(record)
                continue
            }
            if byName[name] == nil {
                order.append(name)
                byName[name] = Conversation(first: record, last: record, heard: now)
            }
            byName[name]?.last = record
        }
    }

    /// Nanoseconds since 1970, by the clock that packets have their times from.
    static var now: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Waits until what it has said of flows is enough.
    func wait(_ what: String, within limit: Duration = .seconds(30), _ condition: ([Conversation]) -> Bool) throws {
        do {
            try running.waitUntil(what, within: limit) { _ in condition(self.conversations) }
        } catch {
            let seen = conversations.map { "\($0.end("source")) → \($0.end("destination")) \($0.path)" }
            throw LabError("no sign that \(what): \(running.errors) saw \(seen.suffix(40))")
        }
    }

    /// Ends it, and returns all flows.
    func end() throws -> [Conversation] {
        running.signal(SIGINT)
        return try finish()
    }

    /// Waits until it ends of itself, and returns all flows.
    func finish() throws -> [Conversation] {
        let outcome = running.wait()
        guard outcome.status == 0 else { throw LabError("observe ended with \(outcome.status): \(outcome.errors)") }
        return conversations
    }
}

/// What was told of one flow, first and last.
struct Conversation {
    var first: Record
    var last: Record
    /// When the test read the first, in nanoseconds since 1970: some time after it was written.
    var heard: Int64

    /// `address:port` of an end; without ports the address.
    func end(_ side: String) -> String {
        let port = last["\(side).port"].map { ":\($0)" } ?? ""
        return (last["\(side).ip"] ?? "?") + port
    }

    /// The container an end was said to be.
    func container(_ side: String) -> String? { last["\(side).container.id"] }

    func name(_ side: String) -> String? { last["\(side).container.name"] }

    /// When its first packet passed, in nanoseconds since 1970.
    var began: Int64 { nanoseconds(first["event.start"]) ?? 0 }

    /// Names of the interfaces it passed, in order.
    var path: [String] { last.list("observer.path", "interface").compactMap { $0 } }
}

extension [Conversation] {
    /// Those whose server's end is this one.
    func to(_ destination: String) -> [Conversation] { filter { $0.end("destination") == destination } }

    /// Those between two ends, each an address with or without a port.
    func between(_ source: String, _ destination: String) -> [Conversation] {
        filter { flow in
            (flow.end("source") == source || flow.last["source.ip"] == source)
                && (flow.end("destination") == destination || flow.last["destination.ip"] == destination)
        }
    }
}

/// Nanoseconds since 1970 of a time as records have it: RFC 3339, UTC, nine digits after the point.
func nanoseconds(_ text: String?) -> Int64? {
    guard let parts = text?.split(separator: "."), parts.count == 2, let seconds = parts.first, parts[1].count == 10,
        let fraction = Int64(parts[1].dropLast()),
        let date = try? Date("\(seconds)Z", strategy: .iso8601)
    else { return nil }
    return Int64(date.timeIntervalSince1970) * 1_000_000_000 + fraction
}
