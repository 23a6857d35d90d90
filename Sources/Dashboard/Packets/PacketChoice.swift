package import Addressing
package import Flows
package import Graph

/// Whose packets are looked at.
package struct PacketChoice: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
        /// All flows that count on one of these edges.
        case edges(Set<EdgeKey>)
        case flow(FlowIdentifier)
        /// What shows an alert: those flows, and whatever else went then between both ends, or where only one is known, to and from
        /// it.
        case alert(source: IPAddress, destination: IPAddress?, flows: [FlowIdentifier])
    }

    /// Tells choices apart, as packets of the one before may still be on their way.
    package var number: Int
    package var subject: Subject
    /// From when to when, in nanoseconds since 1970; nil: always.
    package var span: Range<Int64>?

    package init(number: Int, subject: Subject, span: Range<Int64>? = nil) {
        self.number = number
        self.subject = subject
        self.span = span
    }
}
