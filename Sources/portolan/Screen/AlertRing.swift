import Dashboard
import Records

/// The newest alerts. Bounded: the oldest go, and are counted.
final class AlertRing {
    private var records: [AlertRecord] = []
    private var first = 0
    private(set) var older: UInt64 = 0

    func add(_ record: AlertRecord) {
        records.append(record)
        guard records.count - first > Snapshot.alertLimit else { return }
        first += 1
        older += 1
        if first > Snapshot.alertLimit {
            records.removeFirst(first)
            first = 0
        }
    }

    /// All of them, newest last.
    var newest: [AlertRecord] { Array(records[first...]) }

    /// Puts them into a snapshot of something that is judged.
    func fill(_ snapshot: inout Snapshot) {
        snapshot.alerts = newest
        snapshot.olderAlerts = older
        snapshot.isJudged = true
    }
}
