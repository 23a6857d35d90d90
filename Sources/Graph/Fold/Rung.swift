/// How coarse a chart is: what one row of it stands for. Finest first.
package enum Rung: Int, Hashable, Comparable, CaseIterable, Sendable {
    /// One endpoint of the graph.
    case end
    /// Replicas: what does the same work in one namespace.
    case service
    /// What does the same work in any namespace.
    case role
    /// What runs the same image. Only where it is asked for: it is no step of the ladder.
    case image
    /// A Kubernetes namespace, or a compose project.
    case namespace
    /// A layer-2 network.
    case segment
    /// A sensitivity level.
    case level

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// As it is called in commands: `end`, `service`, …
    package var word: String { "\(self)" }

    /// The rungs one goes up and down by, finest first.
    package static var ladder: [Rung] { [.end, .service, .role, .namespace, .segment, .level] }

    /// The next rung of the ladder; nil on its last.
    package var coarser: Rung? { Self.ladder.first { $0 > self } }
    package var finer: Rung? { Self.ladder.last { $0 < self } }
}
