import Addressing
import Containers
import Detection
import Enforcement
import Monitor
import Policy

extension Trouble {
    /// What an alert asks for by a policy; nil when it is only told.
    init?(_ alert: Alert, _ policy: DeclaredPolicy) {
        let rule = alert.rule.rawValue
        guard let response = policy.setting(of: rule).response, response != .alert else { return nil }
        var report = TroubleReport(
            rule: rule,
            alert: "\(rule)@\(alert.time.nanoseconds)",
            severity: alert.severity,
            message: alert.message
        )
        // Of many who do it with addresses of their own, one is not the offender.
        guard !alert.isOfMany, !alert.source.isForged else { return nil }
        report.offender = alert.source.container?.key
        report.remote =
            report.offender == nil ? alert.source.address : alert.destination.map(\.address)
        if report.remote?.isUnspecified == true { report.remote = nil }
        self.init(report, response, confidence: alert.source.confidence, loss: alert.loss)
    }
}
