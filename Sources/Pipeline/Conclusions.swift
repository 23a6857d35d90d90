import Addressing
import Flows
import Names
import Records
import Wire

/// What follows from the flow table's events: names for both ends, totals, and records for whoever listens.
final class Conclusions: FlowSink {
    let sink: any RecordSink
    var names = NameTable()

    /// Flows that ended; twins are one, and a flow cut by the active time-out is one.
    private(set) var flows: UInt64 = 0
    /// Their packets and bytes, each packet once.
    private(set) var packets: UInt64 = 0
    private(set) var bytes: UInt64 = 0
    /// Records that were cut while their flow went on.
    private(set) var continuations: UInt64 = 0

    init(sink: any RecordSink) {
        self.sink = sink
    }

    func started(_ flow: Flow, _ book: borrowing FlowBook) {
        sink.flow(.started, flow, book, names(of: flow, book))
    }

    func updated(_ flow: Flow, _ book: borrowing FlowBook) {
        sink.flow(.updated, flow, book, names(of: flow, book))
    }

    func ended(_ flow: Flow, _ book: borrowing FlowBook) {
        packets += flow.gain.packets
        bytes += flow.gain.bytes
        if flow.endReason == .active {
            continuations += 1
        } else if !flow.repeatsTwin {
            flows += 1
        }
        sink.flow(.ended, flow, book, names(of: flow, book))
    }

    func resolved(_ message: RawSpan, isTCP: Bool, client: IPAddress, scope: UInt32, at time: Timestamp) {
        names.learn(message, isTCP: isTCP, client: client, scope: scope, at: time)
    }

    /// A name that DNS gave before the flow began is better than the one its bytes claim; either is better than none.
    private func names(of flow: Flow, _ book: borrowing FlowBook) -> FlowNames {
        let details = flow.hasApplication ? book.application(of: flow) : nil
        let claimed = details?.serverName ?? details?.httpHost
        if names.count == 0 { return FlowNames(destination: claimed) }
        let source = flow.source
        let destination = flow.destination
        return FlowNames(
            source: names.name(of: source, for: destination, scope: flow.scope, at: flow.first),
            destination: names.name(of: destination, for: source, scope: flow.scope, at: flow.first) ?? claimed
        )
    }
}
