package import Addressing
import Records

/// What is known of a period, section by section, for whoever has to show it: an auditor, an investigator.
///
/// A plain value without a clock: the same records give the same report.
package struct Report: Sendable {
    /// When it was made.
    package var made: Timestamp
    /// The program's version.
    package var version: String
    /// The host that was watched; nil where nothing says so.
    package var hostName: String?
    package var source: EvidenceSource
    package var span: ReportSpan
    package var sections: [ReportSection]

    package init(
        made: Timestamp,
        version: String,
        hostName: String?,
        source: EvidenceSource,
        span: ReportSpan,
        sections: [ReportSection]
    ) {
        self.made = made
        self.version = version
        self.hostName = hostName
        self.source = source
        self.span = span
        self.sections = sections
    }
}

/// The period: what was there at or after the one, and at or before the other.
package struct ReportSpan: Hashable, Sendable {
    package var since: Timestamp
    package var until: Timestamp

    package init(since: Timestamp, until: Timestamp) {
        self.since = since
        self.until = until
    }

    /// Both ends as commands take them: RFC 3339 with as many digits as they need.
    package var sinceText: String { Self.text(since) }
    package var untilText: String { Self.text(until) }

    /// RFC 3339 in UTC, to the nanosecond where that is not zero.
    static func text(_ time: Timestamp) -> String {
        let fraction = time.nanoseconds &- time.seconds &* 1_000_000_000
        guard fraction != 0 else { return time.secondText }
        let digits = String(fraction)
        let padded = String(repeating: "0", count: 9 - digits.utf8.count) + digits
        return "\(time.secondText.dropLast()).\(padded)Z"
    }
}
