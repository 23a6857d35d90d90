import Dashboard
import Graph
import Privilege

/// Where a screen's snapshots come from: a file, this host, an agent. It works on threads of its own.
protocol SnapshotSource: AnyObject {
    var box: SnapshotBox { get }
    /// What makes its snapshots.
    var thread: WorkerThread? { get }
}

extension SnapshotSource {
    /// The newest snapshot, once; nil when there is no newer one than the last.
    func takeSnapshot() -> Snapshot? { box.takeSnapshot() }

    /// The packets there are now of what was asked for, once.
    func takePackets() -> PacketList? { box.takePackets() }

    /// Answers to what was asked, each once.
    func takeAnswers() -> [SnapshotAnswer] { box.takeAnswers() }

    /// Asks for something. What it cannot do it ignores, or answers with a message.
    func ask(_ request: DashboardRequest) { box.ask(request) }

    /// Ends it, and waits until it has.
    func end() {
        box.end()
        thread?.join()
    }
}

/// What a source says besides snapshots.
enum SnapshotAnswer: Sendable {
    case past(GraphPicture, Range<Int64>)
    case message(String)
    case blocks(BlockReply)
}
