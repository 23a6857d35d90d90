package import Addressing
package import Baseline
package import Containers
package import Detection
package import Flows
package import Policy
package import Records

/// Judges what a pipeline concludes. Needs to hear of starts and of answers: `FlowConfiguration.judged`.
@safe package final class DetectionSink: RecordSink, FlowJudge {
    /// Behind an address: each entry into a class's property is checked for overlap at run time (SE-0176), and who calls an object counts
    /// a reference to it, both at more than the price of what is done for most flows. Good as long as this lives.
    let mind: UnsafeMutablePointer<Judge>

    /// `tell` is handed each alert as it is found, and must not come back to this. `looksAtAll`: makes a fact of each flow, whether it is
    /// like most or not; finds no more, and takes longer.
    package init(
        _ policy: CompiledPolicy = CompiledPolicy(DeclaredPolicy()),
        baseline: Baseline? = nil,
        looksAtAll: Bool = false,
        _ tell: @escaping (Alert) -> Void
    ) {
        unsafe mind = .allocate(capacity: 1)
        unsafe mind.initialize(to: Judge(policy, baseline: baseline, looksAtAll: looksAtAll, tell))
    }

    deinit {
        unsafe mind.deinitialize(count: 1)
        unsafe mind.deallocate()
    }

    /// Judges by another policy and another baseline from now on.
    package func apply(_ policy: CompiledPolicy, baseline: Baseline? = nil) {
        unsafe mind.pointee.apply(policy, baseline: baseline)
    }

    /// Flows it is told of by themselves.
    package func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {}

    package var wantsStarts: Bool { false }

    package var judge: (any FlowJudge)? { self }

    package func judge(
        _ action: FlowAction,
        _ flow: borrowing Flow,
        _ book: borrowing FlowBook,
        _ names: borrowing FlowNames
    ) -> Bool {
        unsafe mind.pointee.flow(action, flow, book, names)
    }

    package func settled(
        _ flow: borrowing Flow,
        as outcome: TryOutcome,
        _ book: borrowing FlowBook,
        _ names: borrowing FlowNames,
        at time: Timestamp
    ) {
        unsafe mind.pointee.settled(flow, as: outcome, book, names, at: time)
    }

    package var judges: Bool { true }

    package func resolved(_ message: RawSpan, _ exchange: DNSExchange, client: Identity?) {
        unsafe mind.pointee.resolved(message, exchange, client: client)
    }

    /// A file is read some way ahead of the packets; what it says counts when its time has come, however packets were read.
    package func told(_ entry: JournalEntry) { unsafe mind.pointee.told(entry) }

    package func changed(_ entry: JournalEntry) { unsafe mind.pointee.changed(entry) }

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {
        unsafe mind.pointee.sighting(sighting, sender: nil)
    }

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook, sender: Identity?) {
        unsafe mind.pointee.sighting(sighting, sender: sender)
    }

    package func gap(_ gap: CaptureGap) { unsafe mind.pointee.gap(gap) }

    package func clockChanged(from: Timestamp, to: Timestamp) { unsafe mind.pointee.clockChanged(from: from, to: to) }

    /// From now on packets are taken as they come: their losses are told, and time goes on without them.
    package func goLive() { unsafe mind.pointee.goLive() }

    /// Says that it is that time, although nothing came.
    package func advance(to time: Timestamp) { unsafe mind.pointee.advance(to: time) }

    /// There is no more input: what nobody has answered until now, nobody will.
    package func finish() { unsafe mind.pointee.finish() }
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
