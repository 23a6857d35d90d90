import Addressing

/// Folds what is found again and again: told once, and again after an hour or when there is ten times as much of it.
///
/// Bounded: beyond `limit` rules and subjects the one told longest ago is forgotten, and would be told again.
struct RepeatFold: Sendable {
    private struct Key: TableKey {
        let rule: Rule
        let subject: Subject
        let object: Subject?
    }

    private struct Told {
        var time: Int64
        var count: Int
    }

    private var told = SubjectTable<Key, Told>(limit: Self.limit)

    static var limit: Int { 8192 }
    /// Seconds until the same is told again.
    static var pause: Int64 { 3600 }

    /// Whether to tell it.
    mutating func admits(_ alert: Alert) -> Bool {
        // Of many, it is no news that another one does it.
        let subject = alert.isOfMany ? alert.destination?.subject : nil
        let key = Key(
            rule: alert.rule,
            subject: subject ?? alert.source.subject,
            object: alert.destination?.subject
        )
        let now = alert.time.seconds
        if let before = told[key], now - before.time < Self.pause, alert.count < before.count * 10 { return false }
        told.set(key, Told(time: now, count: max(alert.count, 1)))
        return true
    }
}
