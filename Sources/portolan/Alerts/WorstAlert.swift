import Detection
import Records

/// The most severe alert of a run.
final class WorstAlert {
    private var score: Int?

    func take(_ alert: Alert) { score = max(score ?? 0, alert.severity) }

    /// Whether there was one that severe.
    func meets(_ severity: AlertSeverity) -> Bool { score.map { $0 >= severity.least } ?? false }
}
