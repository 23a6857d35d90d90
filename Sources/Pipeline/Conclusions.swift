import Addressing
import Flows
import Names
import Records
import Wire

/// What follows from the flow table's events: names for both ends, totals, and records for whoever listens.
final class Conclusions: FlowSink {
    /// How many flows ended, and what they carried.
    struct Totals {
        /// Twins are one, and a flow cut by the active time-out is one.
        var flows: UInt64 = 0
        /// Each packet once.
        var packets: UInt64 = 0
        var bytes: UInt64 = 0
        /// Records that were cut while their flow went on.
        var continuations: UInt64 = 0

        mutating func add(_ flow: Flow) {
            packets &+= flow.gain.packets
            bytes &+= flow.gain.bytes
            if flow.endReason == .active {
                continuations += 1
            } else if !flow.repeatsTwin {
                flows += 1
            }
        }
    }

    let sink: any RecordSink
    private(set) var totals = Totals()
    private var names = NameTable()
    /// Whether there are any: asked for every flow, and mostly there are none.
    private var hasNames = false

    init(sink: any RecordSink) {
        self.sink = sink
    }

    /// Gives an address a name for everyone.
    func pin(_ address: IPAddress, name: String) {
        names.pin(address, name: name)
        hasNames = true
    }

    func started(_ flow: Flow, _ book: borrowing FlowBook) {
        sink.flow(.started, flow, book, names(of: flow, book))
    }

    func updated(_ flow: Flow, _ book: borrowing FlowBook) {
        sink.flow(.updated, flow, book, names(of: flow, book))
    }

    func ended(_ flow: Flow, _ book: borrowing FlowBook) {
        totals.add(flow)
        sink.flow(.ended, flow, book, names(of: flow, book))
    }

    func resolved(_ message: RawSpan, isTCP: Bool, client: IPAddress, scope: UInt32, at time: Timestamp) {
        names.learn(message, isTCP: isTCP, client: client, scope: scope, at: time)
        hasNames = names.count > 0
    }

    @inline(__always)
    private func names(of flow: Flow, _ book: borrowing FlowBook) -> FlowNames {
        if !hasNames, !flow.hasApplication { return FlowNames() }
        return lookUp(flow, book)
    }

    /// A name that DNS gave before the flow began is better than the one its bytes claim; either is better than none.
    @inline(never)
    private func lookUp(_ flow: Flow, _ book: borrowing FlowBook) -> FlowNames {
        let details = flow.hasApplication ? book.application(of: flow) : nil
        let claimed = details?.serverName ?? details?.httpHost
        if !hasNames { return FlowNames(destination: claimed) }
        let source = flow.source
        let destination = flow.destination
        return FlowNames(
            source: names.name(of: source, for: destination, scope: flow.scope, at: flow.first),
            destination: names.name(of: destination, for: source, scope: flow.scope, at: flow.first) ?? claimed
        )
    }
}
