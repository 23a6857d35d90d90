import Addressing
import Containers
import Flows
import Policy

@testable import Detection

extension Stream {
    /// Judged by a policy.
    init(_ policy: DeclaredPolicy, feeds: FeedTables = FeedTables()) {
        self.init()
        detectors = Detectors(CompiledPolicy(policy, feeds: feeds))
    }

    /// A flow begins.
    @discardableResult
    mutating func call(
        _ source: Party,
        _ destination: Party,
        _ port: UInt16 = 443,
        name: String? = nil,
        at seconds: Double = 0
    ) -> FlowFact {
        serial += 1
        var fact = FlowFact(
            .began,
            at: Self.time(seconds),
            serial: serial,
            identifier: FlowIdentifier(bits: UInt64(serial)),
            from: source,
            to: destination,
            port: port
        )
        fact.name = name
        begin(fact)
        settle(serial, as: .answered, at: fact.time)
        collect()
        return fact
    }

    /// And something more becomes of it.
    mutating func goOn(_ fact: FlowFact, _ phase: FlowFact.Phase = .goesOn, _ change: (inout FlowFact) -> Void) {
        var fact = fact
        fact.phase = phase
        fact.destinationPackets = 4
        fact.state = .s1
        change(&fact)
        proceed(fact)
        collect()
    }
}
