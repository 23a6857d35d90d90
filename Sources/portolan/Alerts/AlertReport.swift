import Addressing
import Detection
import Records

/// Alerts on standard output as they are found.
final class AlertReport {
    private let format: OutputFormat
    private let style: TextStyle
    private let writer = JSONRecordWriter()
    private var output = StandardOutput()
    private let worst = WorstAlert()
    private var isQuiet = true

    init(_ format: OutputFormat, _ style: TextStyle) {
        self.format = format
        self.style = style
    }

    /// Whether there is any use in going on.
    var isAlive: Bool { output.failure == nil }

    func tell(_ alert: Alert) {
        worst.take(alert)
        isQuiet = false
        switch format {
        case .json:
            writer.write(alert)
            flush()
        case .text:
            let severity = Severity(score: alert.severity).rawValue
            let word = severity + String(repeating: " ", count: max(9 - severity.count, 1))
            let rule = alert.rule.rawValue
            let name = rule + String(repeating: " ", count: max(17 - rule.count, 1))
            let line = alert.severity >= Severity.medium.least ? style.warning(word) : word
            output.write("\(alert.time.secondText)  \(line)\(name)\(Printable.text(alert.message))\n")
        }
    }

    /// Whether an alert was that severe.
    func meets(_ severity: Severity?) -> Bool { severity.map(worst.meets) ?? false }

    /// Writes what is left; returns the exit status when that failed.
    func conclude() -> Int32? {
        if format == .text, isQuiet { output.write("nothing found\n") }
        flush()
        return output.conclude()
    }

    private func flush() {
        writer.drain { bytes in output.write(bytes) }
    }
}
