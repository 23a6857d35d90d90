import Addressing
import Graph
import Store

/// A long memory of who talked to whom, and what it takes to ask it.
struct MinuteRun {
    private let path: String

    /// Seconds of the first minute.
    private static var first: Int64 { 1_789_999_980 }
    /// Minutes that are written in one transaction.
    private static var step: Int { 500 }

    init(path: String) {
        self.path = path
    }

    /// Every edge has something in every minute.
    func build(edges count: Int, minutes: Int) throws {
        let writer = StoreWriter(try Store(path: path))
        try writer.begin(at: Self.time(of: 0), version: "benchmark")
        let edges = SampleGraph.edges(count)
        var batch = StoreBatch()
        let (begin, end) = (Self.time(of: 0), Self.time(of: minutes))
        batch.graph.endpoints = (0..<SampleGraph.containers).map { number in
            var endpoint = SampleGraph.endpoint(number, at: begin)
            endpoint.last = end
            return endpoint
        }
        for key in edges { batch.graph.edges[key] = Edge(first: begin, last: end) }
        var watch = Stopwatch()
        for start in stride(from: 0, to: minutes, by: Self.step) {
            for minute in start..<min(start + Self.step, minutes) {
                batch.graph.minutes.append(Self.minute(minute, edges))
            }
            let full = batch
            batch = StoreBatch()
            try watch.measure { try writer.write(full, at: end) }
        }
        try writer.end(at: end)
        StoreDriver.tell("rows", count * minutes)
        StoreDriver.tell("wall", watch.wall)
    }

    private static func time(of minute: Int) -> Timestamp {
        Timestamp(nanoseconds: (first + Int64(minute) * 60) * 1_000_000_000)
    }

    private static func minute(_ number: Int, _ edges: [EdgeKey]) -> GraphMinute {
        var counted: [EdgeKey: EdgeCounts] = [:]
        var containers: [EndpointKey: EdgeCounts] = [:]
        for (place, key) in edges.enumerated() {
            var counts = EdgeCounts()
            counts.flows = UInt64(1 + (number &+ place) % 30)
            counts.sourcePackets = counts.flows * 12
            counts.sourceBytes = counts.flows * 1800
            counts.destinationPackets = counts.flows * 10
            counts.destinationBytes = counts.flows * 41_000
            counted[key] = counts
            containers[key.source] = counts
        }
        return GraphMinute(start: time(of: number), edges: counted, containers: containers)
    }

    /// Asks each question as the agent does, on a database that was just opened, and once more.
    func ask(minutes: Int) throws {
        let whole = Self.first..<(Self.first + Int64(minutes) * 60)
        var container = MinuteQuery(span: whole)
        container.endpoint = "shop-7"
        var port = MinuteQuery(span: whole)
        port.port = SampleGraph.port(3)
        // A day.
        let time = MinuteQuery(span: (whole.upperBound - 86_400)..<whole.upperBound)
        for (name, query) in [("container", container), ("port", port), ("time", time)] {
            let store = try Store(reading: path)
            var sums = Stopwatch()
            let edges = try sums.measure { try store.sums(query) }
            StoreDriver.tell("sums.\(name)", sums.wall)
            StoreDriver.tell("edges.\(name)", edges.count)
            var minutes = Stopwatch()
            let found = try minutes.measure { try store.minutes(query) }
            StoreDriver.tell("minutes.\(name)", minutes.wall)
            StoreDriver.tell("found.\(name)", found.minutes.reduce(0) { $0 + $1.edges.count })
        }
    }
}
