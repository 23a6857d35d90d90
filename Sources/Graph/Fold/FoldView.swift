package import Addressing

/// Which edges are drawn, and what their rates are taken from.
package enum FoldSpan: Hashable, Sendable {
    /// What goes now. An edge is gone when it was silent for `silence` seconds, and forgotten `held` seconds after that.
    case live(now: Timestamp, silence: Int64 = 60, held: Int64 = 30)
    /// All of a picture that has only what was counted in so many seconds.
    case window(seconds: Double)
    /// The whole picture; rates are those that are known.
    case whole
}

/// What a fold is asked for.
package struct FoldView: Sendable {
    package var rung: Rung
    package var span: FoldSpan
    package var choices = FoldChoices()

    /// Ends with an open alert: they stand out of their fold, at most `Folder.standingOut` each.
    package var alerts: Set<EndpointKey> = []
    /// Ends that somebody chose, marked or named in a filter stand out, too; these first.
    package var chosen: Set<EndpointKey> = []
    package var blocked: Set<EndpointKey> = []

    /// Undeclared flows between levels, and what is blocked.
    package var crossings: Set<EdgeKey> = []
    package var dropped: Set<EdgeKey> = []
    /// Whether frames were lost: what is counted is a lower bound then.
    package var isLossy = false

    /// How many times as much, or as little, as in the earlier window is a change.
    package var factor: Double = 4

    package init(_ rung: Rung = .service, _ span: FoldSpan = .whole) {
        self.rung = rung
        self.span = span
    }
}

extension GraphPicture {
    /// What was counted in those of the last minutes that begin in a span of nanoseconds since 1970, as a picture of its own.
    package func during(_ span: Range<Int64>) -> GraphPicture {
        GraphPicture(minutes: minutes.filter { span.contains($0.start.nanoseconds) }, endpoints: endpoints)
    }
}
