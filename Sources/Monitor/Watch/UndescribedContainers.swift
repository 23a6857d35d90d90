import Addressing
import Containers

/// Containers that no runtime has described yet, and when to look for their bundles instead.
///
/// Bounded: beyond `limit` the next sweep of the runtimes is all that is left.
struct UndescribedContainers {
    private struct Waiting {
        var process: Int32
        var due: Timestamp
        var isLast: Bool
    }

    private var waiting: [String: Waiting] = [:]

    /// How long a runtime that has a socket of its own is given to tell, and a bundle that was not there to be written, in
    /// nanoseconds.
    private static var patience: Int64 { 1_000_000_000 }
    static var limit: Int { 16_384 }
    /// Bundles read in one go, before events are looked at again: each costs about a millisecond.
    static var turn: Int { 4 }

    /// When the next one is due.
    var due: Timestamp? { waiting.values.map(\.due).min() }

    /// A container is there. Pods are described by nobody else, so they are due at once.
    mutating func expect(_ container: FoundContainer, process: Int32, at now: Timestamp) {
        guard waiting.count < Self.limit else { return }
        let isPod = container.isOfPod
        waiting[container.identifier] = Waiting(
            process: process,
            due: isPod ? now : now.adding(Self.patience),
            isLast: !isPod
        )
    }

    var count: Int { waiting.count }
    var isEmpty: Bool { waiting.isEmpty }

    /// Nobody else will tell of them any more: all are due.
    mutating func hurry(at now: Timestamp) {
        for identifier in waiting.keys { waiting[identifier]?.due = now }
    }

    /// A runtime has told of it, or it has ended.
    mutating func forget(_ identifier: String) { waiting[identifier] = nil }

    /// There was no bundle: once more after a while.
    mutating func missed(_ identifier: String, process: Int32, wasLast: Bool, at now: Timestamp) {
        guard !wasLast, waiting.count < Self.limit else { return }
        waiting[identifier] = Waiting(process: process, due: now.adding(Self.patience), isLast: true)
    }

    /// At most `turn` of those whose time has come; they wait no more.
    mutating func takeDue(at now: Timestamp) -> [(identifier: String, process: Int32, isLast: Bool)] {
        let due = waiting.filter { $0.value.due <= now }.sorted { ($0.value.due, $0.key) < ($1.value.due, $1.key) }
        return due.prefix(Self.turn).map { identifier, container in
            waiting[identifier] = nil
            return (identifier, container.process, container.isLast)
        }
    }
}
