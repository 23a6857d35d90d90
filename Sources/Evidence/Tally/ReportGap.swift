package import Addressing

/// A stretch of time of which something is missing. Nil is not known, which is not 0.
package struct ReportGap: Hashable, Sendable {
    package var time: Timestamp
    package var since: Timestamp?
    /// As `event.reason` of a gap has it: `capture`, `stopped`.
    package var reason: String
    package var interface: String?
    package var received: UInt64?
    package var dropped: UInt64?
    package var records: UInt64?

    package init(time: Timestamp, since: Timestamp?, reason: String) {
        self.time = time
        self.since = since
        self.reason = reason
    }

    /// Reasons that are known, and what each means.
    static let reasons: [(reason: String, words: String)] = [
        ("capture", "packets were dropped by the kernel or an interface"),
        ("stopped", "nobody watched: the agent had ended"),
        ("killed", "nobody watched: the agent was killed or crashed"),
        ("store", "records were made and could not be kept"),
        ("clock", "the clock was set: times before and after do not compare"),
        ("shed", "detail was left out to keep up"),
    ]
}
