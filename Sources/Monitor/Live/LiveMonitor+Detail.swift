import Addressing
import Flows
import Pipeline
import Records

/// How much is told of flows, by how many there are and by how well this keeps up.
extension LiveMonitor {
    /// What may be left out of what is told at all.
    static func order(_ settings: LiveSettings) -> [Detail] {
        var order: [Detail] = []
        if settings.pipeline.flows.reportsUpdates { order.append(.updates) }
        if settings.pipeline.flows.inspections > 0 { order.append(.payloads) }
        return order
    }

    /// Frames were taken; `isDrained` when no more wait.
    func notePressure(isDrained: Bool) {
        let (now, steady) = (settings.now(), Clock.monotonic)
        let lag = newest.map { max(0, now.nanoseconds &- $0.nanoseconds) } ?? 0
        if isDrained { newest = nil }
        guard let change = pressure.note(isDrained: isDrained, lag: lag, at: steady) else { return }
        applyDetail()
        watch.remarks.put([change.remark(at: steady)])
        sink.shed(
            DetailChange(
                time: now,
                detail: change.detail,
                isLeftOut: change.isLeftOut,
                since: now.adding(change.since &- steady)
            )
        )
    }

    /// Once a second: how often flows are told of. `busy` is how much of the second was work.
    func pace(busy: Double) {
        guard settings.adaptsUpdates else { return }
        pace.look(flows: pipeline.flowCount, busy: busy)
        applyDetail()
    }

    /// Tells the pipeline.
    func applyDetail() {
        let flows = settings.pipeline.flows
        let interval = settings.adaptsUpdates ? pace.interval : flows.updateInterval
        pipeline.setDetail(
            FlowDetailLevel(
                updateInterval: flows.reportsUpdates && !pressure.lacks(.updates) ? interval : nil,
                inspects: flows.inspections > 0 && !pressure.lacks(.payloads)
            )
        )
    }
}

extension Pressure.Change {
    /// In words for people.
    func remark(at now: Int64) -> String {
        guard isLeftOut else { return "caught up: \(detail.words) again, after \((now &- since) / 1_000_000_000) s" }
        let since = (now &- since) / 1_000_000
        return
            "behind for \(since) ms, with frames \(lag / 1_000_000) ms old: \(detail.words) no more until it has caught up"
    }
}

extension Detail {
    /// What is done, in words for people.
    fileprivate var words: String {
        switch self {
        case .updates: "flows that go on are told of"
        case .payloads: "names and protocols are read from first payloads"
        }
    }
}
