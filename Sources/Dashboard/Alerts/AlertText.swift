import Addressing
import Containers
import Graph
import Records
import Terminal

/// Alerts in words.
enum AlertText {
    /// What an end is called: its container, or its address.
    static func name(of end: AlertRecord.End) -> String { end.container?.label ?? "\(end.address)" }

    /// Who does it; of many, that it is many and who is one of them.
    static func source(_ alert: AlertRecord) -> String {
        let name = name(of: alert.source)
        return alert.isOfMany ? "many: \(name)" : name
    }

    static func destination(_ alert: AlertRecord) -> String { alert.destination.map { name(of: $0) } ?? "-" }

    /// `scan.vertical debug-7f9c ► frontend-0`
    static func title(_ alert: AlertRecord, _ glyphs: GlyphSet) -> String {
        let arrow = glyphs == .ascii ? "->" : "►"
        let whom = alert.destination == nil ? "" : " \(arrow) \(destination(alert))"
        return "\(alert.rule) \(source(alert))\(whom)"
    }

    /// `20:22:48`, or `11-21 20:22` of another day than that of `now`.
    static func time(_ time: Timestamp, now: Timestamp?, zone: Int) -> String {
        guard let now else { return TimeText.clock(time, zone: zone) }
        let (date, clock) = TimeText.civil(time, zone: zone)
        return date == TimeText.civil(now, zone: zone).date ? clock : "\(date.suffix(5)) \(clock.prefix(5))"
    }

    /// How often: whole as far as six columns go, `1.2M` past that.
    static func count(_ alert: AlertRecord) -> String {
        let count = UInt64(max(alert.count, 0))
        return count < 100_000 ? AmountText.count(count) : RateText.text(Double(count))
    }

    /// `high, 70 of 100`
    static func severity(_ alert: AlertRecord) -> String {
        "\(AlertSeverity(alert.severity).rawValue), \(alert.severity) of 100"
    }
}
