import Addressing
import Containers
import Dashboard
import Glibc
import Graph
import Privilege
import Records
import Store

/// Snapshots of what a database has: what an agent kept, or what was loaded from captures. It is read once; its past as that is asked for.
final class DatabaseSource: SnapshotSource {
    let box: SnapshotBox
    private(set) var thread: WorkerThread?

    init(_ path: String, wake: @escaping @Sendable () -> Void) throws {
        box = SnapshotBox(wake: wake)
        // What cannot be read is said before the screen changes.
        let reading = DatabaseReading(path, try Store(reading: path))
        box.put(try reading.snapshot())
        let box = box
        thread = try WorkerThread { reading.loop(box) }
    }
}

/// Reads on the source's thread.
private struct DatabaseReading: Sendable {
    private let path: String
    private let store: Store

    init(_ path: String, _ store: Store) {
        self.path = path
        self.store = store
    }

    func loop(_ box: SnapshotBox) {
        while !box.isOver {
            for request in box.takeRequests() { answer(request, box) }
            usleep(50_000)
        }
    }

    func snapshot() throws -> Snapshot {
        let (picture, isCut) = try StoredGraph(store).picture()
        let time = try store.span()?.last
        var snapshot = Snapshot(origin: .database(path: FileName.last(path)), time: time, graph: picture)
        snapshot.timeline = Timeline(picture.minutes)
        snapshot.flows = try flows()
        snapshot.alerts = try alerts()
        snapshot.isJudged = true
        snapshot.inventory = try inventory()
        if isCut { snapshot.remarks.append("the database has more than can be drawn: the newer part of it is") }
        if picture.edges.isEmpty { snapshot.remarks.append("the database has no minutes of the graph") }
        return snapshot
    }

    /// The newest flows, newest last.
    private func flows() throws -> [FlowRecord] {
        var query = FlowQuery()
        query.isNewestFirst = true
        return try store.flows(query, limit: Snapshot.flowLimit).records.reversed()
    }

    /// The newest alerts, newest last.
    private func alerts() throws -> [AlertRecord] {
        var query = AlertQuery()
        query.isNewestFirst = true
        return try store.alerts(query, limit: Snapshot.alertLimit).records.reversed()
    }

    /// Who was there at the end.
    private func inventory() throws -> Inventory {
        var journal = IdentityJournal()
        var reader = JournalReader()
        // Who was there in an earlier session is told by its own lines.
        guard let last = try store.span()?.last, let first = try store.beginning(of: last) else {
            return journal.inventory()
        }
        var number = first - 1
        while true {
            let lines = try store.journal(after: number)
            guard let last = lines.last else { return journal.inventory() }
            for line in lines {
                let text = Array(line.text.utf8) + [0x0a]
                try reader.read(text.span) { journal.apply($0) }
            }
            number = last.number
        }
    }

    private func answer(_ request: DashboardRequest, _ box: SnapshotBox) {
        switch request {
        case .past(let span?):
            do {
                box.put(.past(try StoredGraph(store).picture(span).picture, span))
            } catch {
                box.put(.message("\(error)"))
            }
        case .packets(let choice):
            var list = PacketList()
            list.choice = choice.number
            list.fault = "A database keeps no packets; portolan tui -r FILE shows those of a capture."
            box.put(list)
        default: break
        }
    }
}
