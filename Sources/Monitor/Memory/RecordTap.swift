package import Containers
package import Flows
import Graph
package import Pipeline
package import Records
import Store

/// Makes records of what a pipeline concludes, once, and hands them on in batches: to whoever keeps them, and to whoever
/// follows them. On the thread that captures, which it never keeps waiting.
package final class RecordTap: RecordSink {
    /// Takes some records, at once.
    package typealias Follower = ([FlowRecord]) -> Void

    private let keeper: StoreKeeper?
    private let graph: GraphSink
    private let follow: Follower
    /// Whether anybody follows: nothing is made for nobody.
    private let isFollowed: () -> Bool
    private var batch = StoreBatch()
    private var told: [FlowRecord] = []

    /// Records of a batch before it is handed on.
    private static var size: Int { 1024 }

    package init(
        keeper: StoreKeeper?,
        graph: GraphSink,
        isFollowed: @escaping () -> Bool,
        follow: @escaping Follower
    ) {
        self.keeper = keeper
        self.graph = graph
        self.isFollowed = isFollowed
        self.follow = follow
    }

    package func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        let isFollowed = isFollowed()
        // Under pressure how flows stand meanwhile is the first that is not kept.
        let isKept = keeper.map { action == .ended || !$0.isPressed } ?? false
        guard isKept || isFollowed else { return }
        let record = FlowRecord(action, flow, book, names)
        if isKept {
            if action == .ended { batch.ended.append(record) } else { batch.open.append(record) }
        }
        if isFollowed { told.append(record) }
        if batch.count >= Self.size || told.count >= Self.size { hand() }
    }

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}

    package func changed(_ entry: JournalEntry) {
        if keeper != nil { batch.journal.append(entry) }
    }

    package func gap(_ gap: CaptureGap) {
        if keeper != nil { batch.gaps.append(StoredGap(gap)) }
    }

    /// Hands on what there is; to be called some times a second. With `drawing` what changed of the graph goes along.
    package func flush(drawing: Bool) {
        if drawing, keeper != nil { batch.graph.add(graph.takeChanges()) }
        hand()
    }

    private func hand() {
        if let keeper, !batch.isEmpty {
            let refused = keeper.put(batch)
            batch = StoreBatch()
            // The graph is told as it stands: what was not taken goes along with the next.
            if let refused { batch.graph = refused }
        }
        if !told.isEmpty {
            follow(told)
            told = []
        }
    }
}
