import Addressing
import Detection
import Export
import Records

/// Alerts on standard output as they are found.
final class AlertReport {
    private let format: AlertFormat
    private let line: AlertLine
    private let cef = CEFLine(version: Portolan.version)
    private let filter: AlertFilter
    private let writer = JSONRecordWriter()
    private var output = StandardOutput()
    private let worst = WorstAlert()
    private var isQuiet = true

    /// Alerts that `filter` does not want are counted for `meets`, and not told.
    init(_ format: AlertFormat, _ style: TextStyle, _ filter: AlertFilter) {
        self.format = format
        self.filter = filter
        line = AlertLine(style: style)
    }

    /// Whether there is any use in going on.
    var isAlive: Bool { output.failure == nil }

    func tell(_ alert: Alert) {
        worst.take(alert)
        let record = AlertRecord(alert)
        guard filter.holds(of: record) else { return }
        isQuiet = false
        switch format {
        case .json:
            writer.write(alert)
            flush()
        case .text: output.write(line.text(record))
        case .cef: output.write(cef.text(record))
        }
    }

    /// Whether an alert was that severe.
    func meets(_ severity: AlertSeverity?) -> Bool { severity.map(worst.meets) ?? false }

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
