package import Addressing
package import Baseline
package import Containers
package import Detection
package import Flows
package import Policy
package import Records

/// Judges what a pipeline concludes. Needs to hear of starts and of answers: `FlowConfiguration.judged`.
package final class DetectionSink: RecordSink, FlowJudge {
    /// In one piece: each entry into a class's property is checked for overlap at run time, at more than the price of what is done for
    /// some flows.
    private var mind: Judge

    /// `tell` is handed each alert as it is found, and must not come back to this. `looksAtAll`: makes a fact of each flow, whether it is
    /// like most or not; finds no more, and takes longer.
    package init(
        _ policy: CompiledPolicy = CompiledPolicy(DeclaredPolicy()),
        baseline: Baseline? = nil,
        looksAtAll: Bool = false,
        _ tell: @escaping (Alert) -> Void
    ) {
        mind = Judge(policy, baseline: baseline, looksAtAll: looksAtAll, tell)
    }

    /// Judges by another policy and another baseline from now on.
    package func apply(_ policy: CompiledPolicy, baseline: Baseline? = nil) {
        mind.apply(policy, baseline: baseline)
    }

    /// Flows it is told of by themselves.
    package func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {}

    package var wantsStarts: Bool { false }

    package var judge: (any FlowJudge)? { self }

    package func begins(_ outline: FlowOutline, _ book: borrowing FlowBook) -> FirstLook { mind.begins(outline, book) }

    package func answered(_ outline: FlowOutline, at time: Timestamp) -> Bool { mind.answered(outline, at: time) }

    package func judge(
        _ action: FlowAction,
        _ flow: borrowing Flow,
        _ book: borrowing FlowBook,
        _ names: borrowing FlowNames
    ) -> Bool {
        mind.flow(action, flow, book, names)
    }

    package func settled(
        _ flow: borrowing Flow,
        as outcome: TryOutcome,
        _ book: borrowing FlowBook,
        _ names: borrowing FlowNames,
        at time: Timestamp
    ) {
        mind.settled(flow, as: outcome, book, names, at: time)
    }

    package var judges: Bool { true }

    package func resolved(_ message: RawSpan, _ exchange: DNSExchange, client: Identity?) {
        mind.resolved(message, exchange, client: client)
    }

    /// A file is read some way ahead of the packets; what it says counts when its time has come, however packets were read.
    package func told(_ entry: JournalEntry) { mind.told(entry) }

    package func changed(_ entry: JournalEntry) { mind.changed(entry) }

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {
        mind.sighting(sighting, sender: nil)
    }

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook, sender: Identity?) {
        mind.sighting(sighting, sender: sender)
    }

    package func gap(_ gap: CaptureGap) { mind.gap(gap) }

    package func clockChanged(from: Timestamp, to: Timestamp) { mind.clockChanged(from: from, to: to) }

    /// From now on packets are taken as they come: their losses are told, and time goes on without them.
    package func goLive() { mind.goLive() }

    /// Says that it is that time, although nothing came.
    package func advance(to time: Timestamp) { mind.advance(to: time) }

    /// There is no more input: what nobody has answered until now, nobody will.
    package func finish() { mind.finish() }
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
