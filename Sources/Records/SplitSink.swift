package import Addressing
package import Containers
package import Flows

/// Hands everything to two listeners, in turn.
package final class SplitSink: RecordSink {
    private let first: any RecordSink
    private let second: any RecordSink

    package init(_ first: any RecordSink, _ second: any RecordSink) {
        self.first = first
        self.second = second
    }

    package func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        first.flow(action, flow, book, names)
        second.flow(action, flow, book, names)
    }

    package var wantsStarts: Bool { first.wantsStarts || second.wantsStarts }

    package var judge: (any FlowJudge)? { first.judge ?? second.judge }

    package var judges: Bool { first.judges || second.judges }

    package func resolved(_ message: RawSpan, _ exchange: DNSExchange, client: Identity?) {
        if first.judges { first.resolved(message, exchange, client: client) }
        if second.judges { second.resolved(message, exchange, client: client) }
    }

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {
        first.sighting(sighting, book)
        second.sighting(sighting, book)
    }

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook, sender: Identity?) {
        first.sighting(sighting, book, sender: sender)
        second.sighting(sighting, book, sender: sender)
    }

    package func changed(_ entry: JournalEntry) {
        first.changed(entry)
        second.changed(entry)
    }

    package func told(_ entry: JournalEntry) {
        first.told(entry)
        second.told(entry)
    }

    package func gap(_ gap: CaptureGap) {
        first.gap(gap)
        second.gap(gap)
    }

    package func shed(_ change: DetailChange) {
        first.shed(change)
        second.shed(change)
    }

    package func clockChanged(from: Timestamp, to: Timestamp) {
        first.clockChanged(from: from, to: to)
        second.clockChanged(from: from, to: to)
    }
}
