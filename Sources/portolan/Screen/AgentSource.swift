import Addressing
import Containers
import Dashboard
import Glibc
import Graph
import Monitor
import Privilege
import Records

/// Snapshots of what an agent tells, once a second.
final class AgentSource: SnapshotSource {
    let box: SnapshotBox
    private(set) var thread: WorkerThread?

    init(socket: String, wake: @escaping @Sendable () -> Void) throws {
        box = SnapshotBox(wake: wake)
        // Who may not ask hears so before the screen changes.
        var reading = AgentReading(socket)
        let first = try reading.read()
        box.put(first)
        let (box, begun) = (box, reading)
        thread = try WorkerThread {
            var reading = begun
            reading.loop(box, first)
        }
    }
}

/// Asks on the source's thread.
private struct AgentReading {
    private let query: AgentQuery
    private let socket: String
    private let door: BlockDoor
    private var blocks = BlockDoor.List()
    /// Readings for which those blocks are good enough.
    private var blockPause = 0

    init(_ socket: String) {
        self.socket = socket
        query = AgentQuery(socket: socket)
        door = BlockDoor(socket: socket)
    }

    /// Blocks of which each further one so many makes a second's pause: at 20,000 they are some 12 MB to tell.
    private static var blocksASecond: Int { 2000 }

    /// Tenths of a second between two questions.
    private static var pause: Int { 10 }

    mutating func loop(_ box: SnapshotBox, _ first: Snapshot) {
        var last = first
        var waited = 0
        while !box.isOver {
            for request in box.takeRequests() {
                answer(request, box)
                // What came of an act is looked at at once.
                if case .blocks(let ask) = request, ask.isToDo { waited = Self.pause }
            }
            usleep(100_000)
            waited += 1
            guard waited >= Self.pause else { continue }
            waited = 0
            do {
                last = try read()
            } catch {
                // What was told last stays to be looked at.
                last.fault = "\(error)"
            }
            box.put(last)
        }
    }

    mutating func read() throws -> Snapshot {
        let status = try AgentStatusReading(query.get("/v1/status"))
        let graph = try query.get("/v1/graph")
        let told = try ToldGraph(reading: graph.span)
        let inventory = try query.get("/v1/containers?all=true")
        var snapshot = Snapshot(
            origin: .agent(host: status.hostName, socket: socket),
            time: status.time,
            graph: told.picture
        )
        snapshot.rates = told.rates
        snapshot.inventory = try InventoryReader(reading: inventory.span).inventory
        snapshot.health = status.health
        snapshot.timeline = Timeline(told.picture.minutes)
        snapshot.flows = flows()
        if let alerts = alerts() {
            snapshot.alerts = alerts
            snapshot.isJudged = true
        }
        if blockPause > 0 { blockPause -= 1 } else { readBlocks() }
        blocks.fill(&snapshot)
        return snapshot
    }

    private mutating func readBlocks() {
        blocks = door.list()
        blockPause = (blocks.blocks?.count ?? 0) / Self.blocksASecond
    }

    /// The newest alerts that it remembers; nil where it remembers none, as it has no database or is an older one.
    private func alerts() -> [AlertRecord]? {
        guard let text = try? query.get("/v1/alerts?last=\(Snapshot.alertLimit)") else { return nil }
        return text.split(separator: 0x0a).compactMap { line in
            let bytes = Array(line)
            return try? AlertRecord(reading: bytes.span)
        }
    }

    /// The newest flows that it remembers; none where it remembers nothing.
    private func flows() -> [FlowRecord] {
        guard let text = try? query.get("/v1/flows?last=1000") else { return [] }
        return text.split(separator: 0x0a).compactMap { line in
            let bytes = Array(line)
            return try? FlowRecord(reading: bytes.span)
        }
    }

    private mutating func answer(_ request: DashboardRequest, _ box: SnapshotBox) {
        switch request {
        case .past(let span?):
            var target = AgentTarget("/v1/graph")
            target.add("since", Moment.asked(span.lowerBound))
            target.add("until", Moment.asked(span.upperBound - 1))
            do {
                let text = try query.get(target.text)
                box.put(.past(try ToldGraph(reading: text.span).picture, span))
            } catch {
                box.put(.message("\(error)"))
            }
        case .packets(let choice):
            var list = PacketList()
            list.choice = choice.number
            list.fault = "An agent keeps no packets; portolan tui -i INTERFACE captures here, and shows them."
            box.put(list)
        case .blocks(let ask):
            box.put(.blocks(door.answer(ask)))
            if ask.isToDo { blockPause = 0 }
        default: break
        }
    }
}
