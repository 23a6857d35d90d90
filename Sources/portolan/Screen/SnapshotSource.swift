import Dashboard
import Graph

/// Where a screen's snapshots come from: a file, this host, an agent. It works on threads of its own.
protocol SnapshotSource: AnyObject {
    /// The newest snapshot, once; nil when there is no newer one than the last.
    func takeSnapshot() -> Snapshot?
    /// Answers to what was asked, each once.
    func takeAnswers() -> [SnapshotAnswer]
    /// Asks for something. What it cannot do it ignores, or answers with a message.
    func ask(_ request: DashboardRequest)
    /// Ends it, and waits until it has.
    func end()
}

/// What a source says besides snapshots.
enum SnapshotAnswer: Sendable {
    case past(GraphPicture, Range<Int64>)
    case message(String)
}
