import Foundation
import Glibc
import Support

/// `portolan record` on a node, which prints what it concludes from what it writes.
final class LiveRecording {
    /// Paths on the node.
    let file = "/run/trace.pcapng"
    private let graph = "/run/live.graph.json"
    let node: Node
    private let running: Running

    /// Starts it and waits until it captures.
    init(on node: Node, _ options: String...) throws {
        self.node = node
        let command = ["record", "-w", file, "-o", "json", "--graph", graph]
        running = try node.start([BuiltProgram.location.path] + command + options)
        try running.waitFor("capturing on", within: .seconds(60))
    }

    /// Waits until it captures inside of a network namespace that is mounted on the node; packet(7)'s own list tells.
    func waitUntilInside(_ path: String) throws {
        try running.waitUntil("it captures in \(path)") { _ in
            let sockets = try? node.output(of: "nsenter", "--net=\(path)", "cat", "/proc/net/packet")
            return sockets?.split(separator: "\n").count ?? 0 > 1
        }
    }

    /// Waits until the flows that it has told of are enough.
    func wait(_ what: String, _ condition: ([Record]) -> Bool) throws {
        try running.waitUntil(what, within: .seconds(90)) { running in
            condition(running.records.filter { $0["event.action"] == "flow_ended" })
        }
    }

    /// Ends it; what it told.
    func end() throws -> ToldStory {
        running.signal(SIGINT)
        let outcome = running.wait()
        guard outcome.status == 0 else { throw LabError("record ended with \(outcome.status): \(outcome.errors)") }
        return try ToldStory(
            flows: outcome.lines.filter { $0.contains("\"flow_ended\"") },
            alerts: outcome.lines.filter { $0.contains("\"kind\":\"alert\"") },
            graph: node.output(of: "cat", graph)
        )
    }

    /// What a replay of files on the node tells, by three commands.
    func replayed(_ files: [String]? = nil, _ options: String...) throws -> ToldStory {
        let program = [BuiltProgram.location.path]
        let names = (files ?? [file]).flatMap { ["-r", $0] } + options
        let flows = try node.run(program + ["replay"] + names + ["-o", "json", "--graph", "/run/replayed.graph.json"])
        guard flows.status == 0, flows.errors == "" else { throw LabError("replay: \(flows.status) \(flows.errors)") }
        let alerts = try node.run(program + ["alerts"] + names + ["-o", "json"])
        guard alerts.status == 0, alerts.errors == "" else { throw LabError("alerts: \(alerts.errors)") }
        return try ToldStory(
            flows: flows.lines.filter { $0.contains("\"flow_ended\"") },
            alerts: alerts.lines,
            graph: node.output(of: "cat", "/run/replayed.graph.json")
        )
    }

    /// What tshark prints of the file, and what it complains of; that it runs as root is no complaint.
    func dissected(_ options: String...) throws -> (lines: [String], complaints: [String]) {
        let outcome = try node.run(["tshark", "-r", file] + options)
        let complaints = outcome.errors.split(separator: "\n").map(String.init)
        return (outcome.lines, complaints.filter { !$0.hasPrefix("Running as user") })
    }
}

/// What was concluded, as text.
struct ToldStory: Equatable {
    var flows: [String]
    var alerts: [String]
    var graph: String

    /// Where two differ first; nil where they are the same.
    func difference(from other: Self) -> String? {
        for (name, left, right) in [("flow", flows, other.flows), ("alert", alerts, other.alerts)] {
            for (index, (one, another)) in zip(left, right).enumerated() where one != another {
                return "\(name) \(index):\n\(one)\n\(another)"
            }
            if left.count != right.count { return "\(left.count) \(name)s and \(right.count)" }
        }
        return graph == other.graph ? nil : "graphs differ:\n\(graph)\n\(other.graph)"
    }
}
