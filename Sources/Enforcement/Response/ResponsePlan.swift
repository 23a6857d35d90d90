package import Addressing
import Containers
package import Policy

/// What is asked for when a rule tells of something: what to block, and for how long, longer each time.
///
/// It only asks; whether it is done `GuardRails` decides.
package struct ResponsePlan: Sendable {
    package struct Settings: Hashable, Sendable {
        /// Below it nothing is asked for, from 0 to 100.
        package var severity = SeverityWord.high.number
        /// How long a first block holds.
        package var first = Duration.seconds(600)
        /// By how much longer the next one of the same rule and container holds.
        package var factor = 4
        /// However often: the longest.
        package var longest = Duration.seconds(86_400)
        /// A rule that has been quiet for so long after its last block begins anew.
        package var memory = Duration.seconds(86_400)

        package init() {}
    }

    private struct Key: Hashable {
        var rule: String
        /// Of the container, whichever run it is: starting again does not help.
        var offender: String
    }

    private struct Past {
        var until: Timestamp
        var duration: Duration
    }

    package var settings: Settings
    private var pasts: [Key: Past] = [:]

    /// Rules and containers that are remembered; when there are more, those whose blocks ended first are forgotten.
    package static var limit: Int { 16_384 }

    package init(settings: Settings = Settings()) {
        self.settings = settings
    }

    /// What to ask for, and until when; nil for nothing: the policy does not want it, it is not bad enough, nobody can be named, or what was
    /// asked for last still holds.
    package mutating func order(
        for report: TroubleReport,
        _ response: PolicyResponse?,
        at time: Timestamp
    ) -> (order: BlockOrder, until: Timestamp)? {
        guard let response, response != .alert, report.severity >= settings.severity,
            let order = Self.order(for: report, response)
        else { return nil }
        let key = Key(rule: report.rule, offender: report.offender?.identifier ?? "\(order.subject)")
        var duration = settings.first
        if let past = pasts[key] {
            guard past.until <= time else { return nil }
            if time < past.until.advanced(by: settings.memory) {
                duration = min(past.duration * max(settings.factor, 1), settings.longest)
            }
        }
        let until = time.advanced(by: duration)
        if pasts[key] == nil, pasts.count >= Self.limit { forgetHalf() }
        pasts[key] = Past(until: until, duration: duration)
        return (order, until)
    }

    private mutating func forgetHalf() {
        let kept = pasts.sorted {
            ($0.value.until, $0.key.offender, $0.key.rule) > ($1.value.until, $1.key.offender, $1.key.rule)
        }
        pasts = Dictionary(kept.prefix(Self.limit / 2).map { ($0.key, $0.value) }) { first, _ in first }
    }

    private static func order(for report: TroubleReport, _ response: PolicyResponse) -> BlockOrder? {
        let author = BlockAuthor.rule(report.rule, alert: report.alert)
        guard let offender = report.offender else {
            // Nobody here does it: it comes from an address outside, where there is one.
            guard response == .block, let remote = report.remote else { return nil }
            return BlockOrder(.address(remote), .everything(allowing: []), reason: report.message, author: author)
        }
        if response == .quarantine {
            return BlockOrder(.container(offender), .everything(allowing: []), reason: report.message, author: author)
        }
        var remote: BlockedRemote?
        if let answer = report.answer, answer.asker == offender {
            remote = .domain(answer)
        } else if let address = report.remote {
            remote = .prefix(IPPrefix(of: address))
        }
        var traffic = Traffic(protocolNumber: report.protocolNumber)
        if let number = report.protocolNumber, BlockOrder.hasPorts(number), let port = report.port {
            traffic.ports = [port...port]
        }
        let order = BlockOrder(
            .container(offender),
            .traffic(remote ?? .anyone, traffic),
            reason: report.message,
            author: author
        )
        // A scan of everybody names nothing that could be blocked alone.
        return order.flaw == nil ? order : nil
    }
}
