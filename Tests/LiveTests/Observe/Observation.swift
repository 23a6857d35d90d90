import Foundation
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

    private var read = 0
    private var byName: [String: Conversation] = [:]
    private var order: [String] = []

    /// The first and the last record of each flow so far, in the order they began.
    var conversations: [Conversation] {
        let lines = running.lines
        for line in lines[read...] {
            guard line.contains("\"flow_"), let record = Record(line: line), let name = record["flow.id"] else {
                continue
            }
            if byName[name] == nil {
                order.append(name)
                byName[name] = Conversation(first: record, last: record)
            }
            byName[name]?.last = record
        }
        read = lines.count
        return order.compactMap { byName[$0] }
    }

    /// Waits until what it has said of flows is enough.
    func wait(_ what: String, within limit: Duration = .seconds(30), _ condition: ([Conversation]) -> Bool) throws {
        try running.waitUntil(what, within: limit) { _ in condition(self.conversations) }
    }

    /// Ends it, and returns all flows.
    func end() throws -> [Conversation] {
        running.signal(SIGINT)
        let outcome = running.wait()
        guard outcome.status == 0 else { throw LabError("observe ended with \(outcome.status): \(outcome.errors)") }
        return conversations
    }
}

/// What was told of one flow, first and last.
struct Conversation {
    var first: Record
    var last: Record

    /// `address:port` of an end; without ports the address.
    func end(_ side: String) -> String {
        let port = last["\(side).port"].map { ":\($0)" } ?? ""
        return (last["\(side).ip"] ?? "?") + port
    }

    /// The container an end was said to be.
    func container(_ side: String) -> String? { last["\(side).container.id"] }

    func name(_ side: String) -> String? { last["\(side).container.name"] }

    /// Names of the interfaces it passed, in order.
    var path: [String] { last.list("observer.path", "interface").compactMap { $0 } }
}

extension [Conversation] {
    /// Those between two ends, each an address with or without a port.
    func between(_ source: String, _ destination: String) -> [Conversation] {
        filter { flow in
            (flow.end("source") == source || flow.last["source.ip"] == source)
                && (flow.end("destination") == destination || flow.last["destination.ip"] == destination)
        }
    }
}
