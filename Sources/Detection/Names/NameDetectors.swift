import Addressing
import Flows
import Policy
import Wire

/// What is wrong with what names are asked for, of whom, and what comes back; and data in pings, which is carried alike.
struct NameDetectors: Sendable {
    private var tunnels: DNSTunnelDetector
    private var missing: MissingNameDetector
    private var resolvers: ResolverDetector
    private var encrypted: EncryptedResolverDetector
    private var pings: ICMPTunnelDetector
    private var amplification: AmplificationDetector

    /// What a policy may set, by detector.
    static let thresholds: [String: [String: RuleCatalog.Threshold]] = [
        "dns": DNSTunnelDetector.thresholds,
        "nxdomain": MissingNameDetector.thresholds,
        "resolver": ResolverDetector.thresholds,
        "icmp": ICMPTunnelDetector.thresholds,
        "amplification": AmplificationDetector.thresholds,
    ]

    init(_ thresholds: Thresholds) {
        tunnels = DNSTunnelDetector(thresholds)
        missing = MissingNameDetector(thresholds)
        resolvers = ResolverDetector(thresholds)
        encrypted = EncryptedResolverDetector()
        pings = ICMPTunnelDetector(thresholds)
        amplification = AmplificationDetector(thresholds)
    }

    mutating func apply(_ thresholds: Thresholds) {
        tunnels.apply(thresholds)
        missing.apply(thresholds)
        resolvers.apply(thresholds)
        pings.apply(thresholds)
        amplification.apply(thresholds)
    }

    mutating func take(_ fact: FlowFact, _ ends: ResolverEnds, to alerts: inout [Alert]) {
        switch fact.protocolNumber {
        case 17:
            resolvers.take(fact, ends, to: &alerts)
            encrypted.take(fact, ends, to: &alerts)
            amplification.take(fact, to: &alerts)
        case 6:
            resolvers.take(fact, ends, to: &alerts)
            encrypted.take(fact, ends, to: &alerts)
        case 1, 58:
            pings.take(fact, to: &alerts)
        default:
            break
        }
    }

    /// Of a question for names, where no resolver is declared; returns whether all was seen.
    mutating func noteQuestion(_ glance: borrowing FlowGlance, at time: Timestamp) -> Bool {
        resolvers.note(glance, at: time)
    }

    /// Whether it matters what came of a flow that ended: of what is perhaps a question and did not say so, and of one from outside.
    func follow(_ glance: borrowing FlowGlance) -> Bool {
        glance.isQuestion && (glance.outline.applicationProtocol == .unknown || glance.isFromOutside)
    }

    mutating func take(_ answer: NameAnswer, to alerts: inout [Alert]) {
        let name = QuestionName(answer.name)
        tunnels.take(answer, name, to: &alerts)
        missing.take(answer, name, to: &alerts)
    }
}
