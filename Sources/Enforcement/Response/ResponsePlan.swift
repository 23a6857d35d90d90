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

    /// What is asked for, and how long it shall hold.
    package struct Request: Hashable, Sendable {
        package var order: BlockOrder
        package var until: Timestamp
        fileprivate var key: Key
        fileprivate var duration: Duration
    }

    fileprivate struct Key: Hashable {
        var rule: String
        /// Of the container, whichever run it is: starting again does not help.
        var offender: String
    }

    private struct Past {
        /// When the last of its blocks ends.
        var until: Timestamp
        var duration: Duration
    }

    private struct Hold: Hashable {
        var key: Key
        var target: BlockTarget
    }

    package var settings: Settings
    private var pasts: [Key: Past] = [:]
    /// Until when each target is stopped.
    private var holds: [Hold: Timestamp] = [:]

    /// Rules and containers that are remembered, and as many targets; when there are more, those whose blocks end first are forgotten.
    package static var limit: Int { 16_384 }

    package init(settings: Settings = Settings()) {
        self.settings = settings
    }

    /// What to ask for, and until when; nil for nothing: the policy does not want it, it is not bad enough, nobody can be named, or the
    /// same target is stopped already.
    ///
    /// Another target while one is stopped is stopped for as long as that was: it is the same trouble, and no worse for having gone on.
    /// Nothing is remembered of what is asked for, as it may be refused: `note` tells that it was done.
    package func request(
        for report: TroubleReport,
        _ response: PolicyResponse?,
        at time: Timestamp
    ) -> Request? {
        guard let response, response != .alert, report.severity >= settings.severity,
            let order = Self.order(for: report, response)
        else { return nil }
        let key = Key(rule: report.rule, offender: order.subject.offender)
        if let end = holds[Hold(key: key, target: order.target)], end > time { return nil }
        var duration = settings.first
        if let past = pasts[key] {
            if past.until > time {
                duration = past.duration
            } else if time < past.until.advanced(by: settings.memory) {
                duration = min(past.duration * max(settings.factor, 1), settings.longest)
            }
        }
        return Request(order: order, until: time.advanced(by: duration), key: key, duration: duration)
    }

    /// Takes in that what was asked for was done.
    package mutating func note(_ request: Request) {
        let key = request.key
        if pasts[key] == nil, pasts.count >= Self.limit { forgetHalf() }
        let until = max(pasts[key]?.until ?? request.until, request.until)
        pasts[key] = Past(until: until, duration: request.duration)
        let hold = Hold(key: key, target: request.order.target)
        if holds[hold] == nil, holds.count >= Self.limit { forgetHalfOfTheHolds() }
        holds[hold] = request.until
    }

    /// Takes in what became of a rule's block: what was let go before its time is asked for again when it goes on, as another trouble, and
    /// what was restored holds.
    package mutating func note(_ entry: AuditEntry) {
        let order = entry.block.order
        guard case .rule(let rule, _) = order.author else { return }
        let key = Key(rule: rule, offender: order.subject.offender)
        let hold = Hold(key: key, target: order.target)
        switch entry.act {
        case .added, .followed: return
        case .restored: holds[hold] = entry.block.until ?? Timestamp(nanoseconds: .max)
        case .released, .timedOut, .containerEnded: holds[hold] = nil
        }
        guard let past = pasts[key] else { return }
        let last = holds.lazy.filter { $0.key.key == key }.map(\.value).max()
        pasts[key]?.until = last ?? min(past.until, entry.time)
    }

    private mutating func forgetHalf() {
        let kept = pasts.sorted {
            ($0.value.until, $0.key.offender, $0.key.rule) > ($1.value.until, $1.key.offender, $1.key.rule)
        }
        pasts = Dictionary(kept.prefix(Self.limit / 2).map { ($0.key, $0.value) }) { first, _ in first }
    }

    /// One that is forgotten while it holds is asked for again, and no harm done.
    private mutating func forgetHalfOfTheHolds() {
        let kept = holds.sorted {
            ($0.value, $0.key.key.offender, $0.key.key.rule) > ($1.value, $1.key.key.offender, $1.key.key.rule)
        }
        holds = Dictionary(kept.prefix(Self.limit / 2).map { ($0.key, $0.value) }) { first, _ in first }
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

extension BlockSubject {
    /// Who it is, whichever run of a container.
    fileprivate var offender: String {
        if case .container(let key) = self { key.identifier } else { "\(self)" }
    }
}
