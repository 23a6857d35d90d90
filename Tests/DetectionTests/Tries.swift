import Addressing
import Flows

@testable import Detection

/// Flows that began, as a flow table follows them until it is known what becomes of them.
struct Tries {
    private var open: [FlowFact] = []

    static var patience: Int64 { 1_000_000_000 }

    mutating func add(_ fact: FlowFact) { open.append(fact) }

    /// Takes out one that was answered, or ended; nil when nobody waits for it.
    mutating func take(_ serial: UInt32) -> FlowFact? {
        open.firstIndex { $0.serial == serial }.map { open.remove(at: $0) }
    }

    /// Takes out the next that nobody answered until `time`, as it stands then.
    mutating func takeSilent(at time: Timestamp) -> FlowFact? {
        guard let first = open.first else { return nil }
        let due = Timestamp(nanoseconds: first.first.nanoseconds + Self.patience)
        guard due <= time else { return nil }
        open.removeFirst()
        return first.settled(at: due)
    }
}

extension FlowFact {
    /// The same flow later; `answers`: packets of the responder until then.
    func settled(at time: Timestamp, answers: UInt64 = 0) -> FlowFact {
        var fact = self
        fact.phase = .goesOn
        fact.time = time
        fact.destinationPackets = answers
        return fact
    }
}

extension Stream {
    /// A flow begins, and is followed if that is wanted.
    mutating func begin(_ fact: FlowFact) {
        settle(until: fact.time)
        if detectors.take(fact) { tries.add(fact) }
    }

    /// A flow ends or goes on.
    mutating func proceed(_ fact: FlowFact) {
        settle(until: fact.time)
        var fact = fact
        if fact.phase == .ended { fact.isAwaited = tries.take(fact.serial) != nil }
        detectors.take(fact)
    }

    /// It is known what becomes of a try.
    mutating func settle(_ serial: UInt32, as outcome: TryOutcome, at time: Timestamp) {
        settle(until: time)
        guard let fact = tries.take(serial) else { return }
        let answers: UInt64 = outcome == .answered || outcome == .refused ? 1 : 0
        detectors.settle(fact.settled(at: time, answers: answers), as: outcome)
    }

    /// Time passes, in which nobody answers some.
    mutating func settle(until time: Timestamp) {
        while let fact = tries.takeSilent(at: time) { detectors.settle(fact, as: .silent) }
    }
}
