import Capture
import Configuration
import Containers
import Flows
import Monitor
import Pipeline
import Runtimes
import Store
import Wire

/// What a configuration means for the rooms below.
extension LiveSettings {
    /// Those of the options, and where these say nothing, those of the configuration.
    init(_ options: LiveOptionsGroup, _ configuration: Configuration, isJudged: Bool) {
        self = options.settings
        if options.interfaces.isEmpty { interfaces = configuration.capture.interfaces }
        if options.snapshotLength == nil { capture.snapshotLength = configuration.capture.snapshotLength }
        if options.bufferSize == nil { capture.bufferSize = configuration.capture.bufferSize }
        if options.labels.owner.isEmpty { labels.owner = configuration.containers.ownerLabels }
        if options.labels.role.isEmpty { labels.role = configuration.containers.roleLabels }
        let known = Set(runtimes.map(\.path))
        runtimes += configuration.containers.runtimes.filter { !known.contains($0) }.map { RuntimeSocket(path: $0) }
        pipeline.tunnelPorts = TunnelPorts(
            vxlan: configuration.capture.vxlanPorts + options.vxlanPorts,
            geneve: []
        )
        // Who follows hears of the same, judged or not.
        pipeline.flows = pipeline.flows.judged
        pipeline.flows.reportsAnswers = isJudged
        adaptsUpdates = true
    }
}

extension RetentionRules {
    init(_ whole: Configuration) {
        self.init()
        let configuration = whole.store
        cases.severity = whole.cases.severity
        cases.size = UInt64(clamping: whole.cases.size)
        cases.count = whole.cases.count
        size = UInt64(clamping: configuration.size)
        flows = Limit(configuration.flows)
        journal = Limit(configuration.journal)
        minutes = Limit(configuration.minutes)
        gaps = Limit(configuration.gaps)
        alerts = Limit(configuration.alerts)
        audit = Limit(configuration.audit)
    }
}

extension RetentionRules.Limit {
    fileprivate init(_ retention: Retention) {
        self.init(age: retention.age.components.seconds, size: UInt64(clamping: retention.size))
    }
}
