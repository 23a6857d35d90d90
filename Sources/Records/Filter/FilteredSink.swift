package import Addressing
package import Flows

/// Hands on the flows that a filter wants, and of all else only what was lost, and that the clock was set.
///
/// Each record is judged by what is known when it is told: a flow that gets its name late is found from there on.
package final class FilteredSink: RecordSink {
    private let filter: FlowFilter
    private let next: any RecordSink
    private var twins = CountedTwins()

    package init(_ filter: FlowFilter, before next: any RecordSink) {
        self.filter = filter
        self.next = next
    }

    package func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        guard filter.holds(of: FilteredFlow(flow, book, names)) else {
            if action == .ended { twins.leftOut(flow) }
            return
        }
        next.flow(action, action == .ended ? twins.counted(flow) : flow, book, names)
    }

    /// No flow, so none that is wanted.
    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}

    package func gap(_ gap: CaptureGap) {
        next.gap(gap)
    }

    package func shed(_ change: DetailChange) {
        next.shed(change)
    }

    package func clockChanged(from: Timestamp, to: Timestamp) {
        next.clockChanged(from: from, to: to)
    }
}
