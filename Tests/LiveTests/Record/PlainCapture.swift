import Foundation
import Glibc
import Support

/// A plain `tcpdump -w` on a node beside a monitor, and what it tells with the journal that the monitor kept.
final class PlainCapture {
    let file = "/run/plain.pcap"
    private let node: Node
    private let running: Running

    /// Starts it on all interfaces and waits until it listens.
    init(on node: Node, _ options: String...) throws {
        self.node = node
        let command = ["tcpdump", "-i", "any", "-y", "LINUX_SLL2", "-U", "-w", file]
        running = try node.start(command + options)
        try running.waitFor("listening on any")
    }

    /// Ends it; what it could not take is an error.
    func end() throws {
        running.signal(SIGINT)
        let outcome = running.wait()
        guard outcome.errors.contains("\n0 packets dropped by kernel") else { throw LabError(outcome.errors) }
    }
}

/// What is the same in two stories of one traffic, of which one had coarser times, or began earlier.
struct ComparedStory {
    /// Of the flows that are asked for, by 5-tuple; a 5-tuple that came again has several.
    private(set) var flows: [String: [Record]] = [:]
    /// When each was found first, by rule, subject and evidence; the evidence as 5-tuples.
    private(set) var alerts: [String: String] = [:]

    init(_ story: ToldStory, of isWanted: (Record) -> Bool) {
        var names: [String: String] = [:]
        for record in story.flows.compactMap({ Record(line: $0) }) {
            let name = Self.name(record)
            names[record["flow.id"] ?? ""] = name
            if isWanted(record) { flows[name, default: []].append(record) }
        }
        for alert in story.alerts.compactMap({ Record(line: $0) }) {
            let evidence = alert.texts("portolan.evidence").map { names[$0] ?? "?" }.sorted()
            let subject = ["source.ip", "source.container.id", "destination.ip", "destination.container.id"].map {
                alert[$0] ?? "-"
            }
            let name = ([alert["rule.id"] ?? "?"] + subject + evidence).joined(separator: " ")
            if alerts[name] == nil { alerts[name] = alert["@timestamp"] }
        }
    }

    private static func name(_ flow: Record) -> String {
        let keys = ["network.transport", "source.ip", "source.port", "destination.ip", "destination.port"]
        return keys.map { flow[$0] ?? "-" }.joined(separator: " ")
    }

    /// How two differ; empty where they do not.
    func differences(from other: Self) -> [String] {
        var lines: [String] = []
        for name in Set(flows.keys).union(other.flows.keys).sorted() {
            let (mine, theirs) = (flows[name] ?? [], other.flows[name] ?? [])
            guard mine.count == theirs.count else {
                lines.append("\(name): \(mine.count) and \(theirs.count) records")
                continue
            }
            for (one, another) in zip(mine, theirs) {
                lines += Self.differences(one, another).map { "\(name): \($0)" }
            }
        }
        for name in Set(alerts.keys).union(other.alerts.keys).sorted()
        where !Self.isNear(alerts[name], other.alerts[name]) {
            lines.append("alert at \(alerts[name] ?? "-") and \(other.alerts[name] ?? "-"): \(name)")
        }
        return lines
    }

    /// Whether two times are there and within a second.
    private static func isNear(_ one: String?, _ another: String?) -> Bool {
        guard let one = nanoseconds(padded(one)), let another = nanoseconds(padded(another)) else { return false }
        return abs(one - another) <= 1_000_000_000
    }

    private static func differences(_ one: Record, _ another: Record) -> [String] {
        let ends = ["source", "destination"].flatMap { end in
            [
                "container.id", "container.name", "container.image.name", "identity.kind", "identity.method",
                "identity.confidence", "nat.ip", "nat.port", "packets", "bytes", "process.pid",
            ].map { "\(end).\($0)" }
        }
        let keys = ends + ["zeek.connection.state", "zeek.connection.history", "network.protocol", "tunnel.id"]
        var lines = keys.filter { one[$0] != another[$0] }.map {
            "\($0) \(one[$0] ?? "-") and \(another[$0] ?? "-")"
        }
        let paths = [one, another].map { flow in
            zip(flow.list("observer.path", "interface"), flow.list("observer.path", "packets"))
                .map { "\($0 ?? "?")/\($1 ?? "?")" }
        }
        if paths[0] != paths[1] { lines.append("path \(paths[0]) and \(paths[1])") }
        for key in ["event.start", "event.end"] where !isNear(one[key], another[key]) {
            lines.append("\(key) \(one[key] ?? "-") and \(another[key] ?? "-")")
        }
        return lines
    }

    /// A time with nine digits.
    private static func padded(_ text: String?) -> String? {
        guard let text, let point = text.firstIndex(of: ".") else { return text }
        let digits = text[text.index(after: point)...].dropLast()
        return text[...point] + digits + String(repeating: "0", count: 9 - digits.count) + "Z"
    }
}
