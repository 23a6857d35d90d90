import Addressing
import Flows
import Policy

/// Finds data carried in pings: echoes that are not what was asked to be echoed, or far more in them than anybody pings with.
///
/// Bounded in pairs of hosts.
struct ICMPTunnelDetector: Sendable {
    private struct Pair: TableKey {
        let source: Subject
        let destination: Subject
    }

    private var told = SubjectTable<Pair, Telling>(limit: Self.limit)
    private var packets: UInt64 = 0
    private var rate: UInt64 = 0

    static var limit: Int { 4096 }
    static let thresholds: [String: RuleCatalog.Threshold] = [
        "packets": RuleCatalog.Threshold(.count, 10...1_000_000),
        "rate": RuleCatalog.Threshold(.size, 256...1 << 30),
    ]
    /// Wrong echoes in a row. One may come of a broken host, or of two who ask with the same number.
    static var mismatches: Int { 3 }
    /// Bytes by which echoes are longer than what they answer, on average. Shorter ones come of hosts that cut them.
    static var surplus: UInt64 { 64 }
    /// Bytes of a packet, header included, that are more than anybody pings with for long.
    static var size: UInt64 { 300 }
    /// Severity of what may be a test of a line.
    static var vagueSeverity: Int { 39 }

    init(_ thresholds: Thresholds) { apply(thresholds) }

    mutating func apply(_ thresholds: Thresholds) {
        packets = UInt64(thresholds.number("icmp", "packets", or: 200))
        rate = UInt64(thresholds.number("icmp", "rate", or: 8192))
    }

    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) {
        guard fact.phase != .began, fact.opening == .echo, fact.source.isOurs || fact.destination.isOurs,
            let (reason, severity) = finding(fact)
        else { return }
        let pair = Pair(source: fact.source.subject, destination: fact.destination.subject)
        let count = Int(min(fact.sourcePackets + fact.destinationPackets, UInt64(Int32.max)))
        guard told.update(pair, or: Telling(), { $0.isNews(count, at: fact.time) }) else { return }
        alerts.append(
            Alert(
                rule: .icmpTunnel,
                severity: severity,
                time: fact.time,
                source: fact.source,
                destination: fact.destination,
                first: fact.first,
                last: fact.last,
                count: count,
                evidence: [fact.identifier],
                message: "\(fact.source.name) pings \(fact.destination.name), and \(reason)"
            )
        )
    }

    private func finding(_ fact: FlowFact) -> (reason: String, severity: Int)? {
        if fact.echoMismatches >= Self.mismatches {
            return ("what comes back is not what was sent", Rule.icmpTunnel.severity)
        }
        let (asked, echoed) = (fact.sourcePackets, fact.destinationPackets)
        guard asked >= 20, echoed >= 20 else { return nil }
        let (question, echo) = (fact.sourceBytes / asked, fact.destinationBytes / echoed)
        if echo > question + Self.surplus, echo > question + question / 4 {
            return ("more comes back than was sent: \(echo) bytes to \(question)", Rule.icmpTunnel.severity)
        }
        guard asked >= packets, question >= Self.size else { return nil }
        // Where the clock stands still, the count says it.
        let seconds = UInt64(max(0, fact.last.seconds &- fact.first.seconds))
        guard fact.sourceBytes / max(1, seconds) >= rate else { return nil }
        return ("far more is in it than in pings: \(fact.sourceBytes) bytes", Self.vagueSeverity)
    }
}
