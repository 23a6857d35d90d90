package import Addressing

/// Something found that is not to be told for a time, and why.
package struct PolicyException: Hashable, Sendable {
    /// The rule's identifier, or a pattern of it: `scan.vertical`, `scan.*`.
    package var rule: NamePattern
    /// Who does it; nil for anybody.
    package var source: Selector?
    /// Whom it is done to; nil for anybody.
    package var destination: Selector?
    /// Why, for whoever reads it next year.
    package var reason: String
    /// The first moment at which it is told again: the end of the day that was written, in UTC.
    package var end: Timestamp

    package init(rule: NamePattern, reason: String, end: Timestamp) {
        self.rule = rule
        self.reason = reason
        self.end = end
    }

    /// The most there may be.
    package static var limit: Int { 1024 }
}
