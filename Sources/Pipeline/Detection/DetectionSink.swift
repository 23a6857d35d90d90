package import Addressing
package import Baseline
package import Containers
package import Detection
package import Flows
package import Policy
package import Records

/// Judges what a pipeline concludes. Needs to hear of starts and of answers: `FlowConfiguration.judged`.
package final class DetectionSink: RecordSink {
    /// In one piece: each entry into a class's property is checked for overlap at run time, at more than the price of what is done for
    /// some flows.
    private var judge: Judge

    /// `tell` is handed each alert as it is found, and must not come back to this. `looksAtAll`: makes a fact of each flow, whether it is
    /// like most or not; finds no more, and takes longer.
    package init(
        _ policy: CompiledPolicy = CompiledPolicy(DeclaredPolicy()),
        baseline: Baseline? = nil,
        looksAtAll: Bool = false,
        _ tell: @escaping (Alert) -> Void
    ) {
        judge = Judge(policy, baseline: baseline, looksAtAll: looksAtAll, tell)
    }

    /// Judges by another policy and another baseline from now on.
    package func apply(_ policy: CompiledPolicy, baseline: Baseline? = nil) {
        judge.apply(policy, baseline: baseline)
    }

    package func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        judge.flow(action, flow, book, names)
    }

    package func awaits(_ serial: UInt32) -> Bool { judge.isAwaited }

    package func settled(
        _ flow: Flow,
        as outcome: TryOutcome,
        _ book: borrowing FlowBook,
        _ names: FlowNames,
        at time: Timestamp
    ) {
        judge.settled(flow, as: outcome, book, names, at: time)
    }

    package var judges: Bool { true }

    package func resolved(_ message: RawSpan, _ exchange: DNSExchange, client: Identity?) {
        judge.resolved(message, exchange, client: client)
    }

    /// A file is read some way ahead of the packets; what it says counts when its time has come, however packets were read.
    package func told(_ entry: JournalEntry) { judge.told(entry) }

    package func changed(_ entry: JournalEntry) { judge.changed(entry) }

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {
        judge.sighting(sighting, sender: nil)
    }

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook, sender: Identity?) {
        judge.sighting(sighting, sender: sender)
    }

    package func gap(_ gap: CaptureGap) { judge.gap(gap) }

    package func clockChanged(from: Timestamp, to: Timestamp) { judge.clockChanged(from: from, to: to) }

    /// From now on packets are taken as they come: their losses are told, and time goes on without them.
    package func goLive() { judge.goLive() }

    /// Says that it is that time, although nothing came.
    package func advance(to time: Timestamp) { judge.advance(to: time) }

    /// There is no more input: what nobody has answered until now, nobody will.
    package func finish() { judge.finish() }
}

extension FlowConfiguration {
    /// The same, for a table whose flows are judged.
    package var judged: Self {
        var configuration = self
        configuration.reportsStarts = true
        configuration.reportsAnswers = true
        configuration.reportsUpdates = true
        return configuration
    }
}
