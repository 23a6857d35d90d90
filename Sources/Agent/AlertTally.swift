package import Addressing
package import Records

/// How many alerts there were: by rule since the agent began, and by severity within the last hour. Of fixed size.
package struct AlertTally: Hashable, Sendable {
    /// Alerts of each rule that this version has, those of which there were none too; what is none of them counts as `other`.
    package private(set) var byRule: [String: UInt64]
    /// Alerts of all rules.
    package private(set) var total: UInt64 = 0
    private var minutes = Array(repeating: Minute(), count: span)

    private struct Minute: Hashable {
        /// Since 1970.
        var number: Int64 = .min
        var counts = [UInt64](repeating: 0, count: AlertSeverity.allCases.count)
    }

    /// Minutes that are looked back on.
    private static var span: Int { 60 }

    package init() {
        byRule = Dictionary(uniqueKeysWithValues: AlertRecord.rules.map { ($0, 0) })
    }

    package mutating func add(_ record: AlertRecord) {
        total += 1
        byRule[byRule[record.rule] == nil ? "other" : record.rule, default: 0] += 1
        recall(record)
    }

    /// Takes one that was found before the agent began, for the hour that it lies in.
    package mutating func recall(_ record: AlertRecord) {
        let number = record.time.minute
        let place = Int(number.modulo(Int64(Self.span)))
        // Of another hour, or of a clock that was set since.
        if minutes[place].number != number { minutes[place] = Minute(number: number) }
        minutes[place].counts[AlertSeverity(record.severity).place] += 1
    }

    /// Those of a severity that were found in the sixty minutes up to a time, its own among them.
    package func lastHour(_ severity: AlertSeverity, at time: Timestamp) -> UInt64 {
        let now = time.minute
        return minutes.reduce(0) { sum, minute in
            guard minute.number <= now, minute.number > now - Int64(Self.span) else { return sum }
            return sum + minute.counts[severity.place]
        }
    }
}

extension Timestamp {
    fileprivate var minute: Int64 { (seconds - seconds.modulo(60)) / 60 }
}

extension Int64 {
    /// The remainder that is not negative.
    fileprivate func modulo(_ divisor: Self) -> Self {
        let rest = self % divisor
        return rest < 0 ? rest + divisor : rest
    }
}

extension AlertSeverity {
    fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
