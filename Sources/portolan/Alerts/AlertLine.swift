import Addressing
import Records

/// An alert as a line for people.
struct AlertLine {
    private let style: TextStyle

    init(style: TextStyle) { self.style = style }

    /// With the line's end.
    func text(_ record: AlertRecord) -> String {
        let severity = AlertSeverity(record.severity).rawValue
        let word = Self.padded(severity, to: 9)
        let rule = Self.padded(Printable.text(record.rule), to: 21)
        let shown = record.severity >= AlertSeverity.medium.least ? style.warning(word) : word
        return "\(record.time.secondText)  \(shown)\(rule)\(Printable.text(record.message))\n"
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 1))
    }
}
