import Addressing
import Containers

/// When the listening sockets of which namespace are looked at: some times while it is young, and then in turn.
struct ListenerRounds {
    private struct Round {
        var due: Timestamp
        var number: Int
        var known: Set<Listener> = []
    }

    private var rounds: [NetworkNamespace: Round] = [:]

    /// After these many nanoseconds a container's programs have mostly opened what they will.
    private static var pauses: [Int64] { [50_000_000, 200_000_000, 1_000_000_000, 5_000_000_000] }
    /// Everybody's turn comes after so long at the latest: 60 s.
    static var interval: Int64 { 60_000_000_000 }
    static var limit: Int { 16_384 }
    /// Looks in one go, before events are looked at again: each takes about half a millisecond.
    static var turn: Int { 8 }

    /// When the next one is due.
    var due: Timestamp? { rounds.values.map(\.due).min() }

    /// A namespace is new, or somebody new is in it.
    mutating func expect(_ namespace: NetworkNamespace, at now: Timestamp) {
        guard rounds[namespace] != nil || rounds.count < Self.limit else { return }
        rounds[namespace] = Round(due: now.adding(Self.pauses[0]), number: 1, known: rounds[namespace]?.known ?? [])
    }

    /// Everybody's first turn comes now.
    mutating func hurry(at now: Timestamp) {
        for namespace in rounds.keys where rounds[namespace]?.number == 1 { rounds[namespace]?.due = now }
    }

    /// Whether all were looked at once.
    var areKnown: Bool { rounds.values.allSatisfy { $0.number > 1 } }

    mutating func forget(_ namespace: NetworkNamespace) { rounds[namespace] = nil }

    /// At most `turn` of the namespaces whose time has come, the longest due first; their next time is set.
    mutating func takeDue(at now: Timestamp) -> [NetworkNamespace] {
        let due = rounds.filter { $0.value.due <= now }
            .sorted { ($0.value.due, $0.key) < ($1.value.due, $1.key) }.prefix(Self.turn).map(\.key)
        for namespace in due {
            let number = rounds[namespace]?.number ?? 0
            let pause = number < Self.pauses.count ? Self.pauses[number] : Self.pause(of: namespace)
            rounds[namespace]?.due = now.adding(pause)
            rounds[namespace]?.number = number + 1
        }
        return due
    }

    /// The interval, or up to a sixth less: those that came at one time need not come round at one time.
    private static func pause(of namespace: NetworkNamespace) -> Int64 {
        interval - interval / 6 * Int64(namespace.inode % 64) / 64
    }

    /// What listens in a namespace now; returns what opened and what closed since the last time.
    mutating func replace(
        _ namespace: NetworkNamespace,
        _ present: Set<Listener>
    ) -> (opened: [Listener], closed: [Listener]) {
        let known = rounds[namespace]?.known ?? []
        rounds[namespace]?.known = present
        return (Self.ordered(present.subtracting(known)), Self.ordered(known.subtracting(present)))
    }

    /// What was known of a socket's process: it is looked for once.
    func known(_ namespace: NetworkNamespace) -> Set<Listener> { rounds[namespace]?.known ?? [] }

    private static func ordered(_ listeners: Set<Listener>) -> [Listener] {
        listeners.sorted { ($0.protocolNumber, $0.port, $0.address) < ($1.protocolNumber, $1.port, $1.address) }
    }
}
