package import Addressing
package import Containers

/// Of an alert what a response needs: who does it, to whom, how bad it is.
package struct TroubleReport: Hashable, Sendable {
    /// The rule's identifier, such as `scan.vertical`.
    package var rule: String
    /// The alert's own, for the record.
    package var alert: String
    /// From 0 to 100.
    package var severity: Int
    /// The container that does it; nil where it is none.
    package var offender: ContainerKey?
    /// The other end, where it is only one.
    package var remote: IPAddress?
    /// The name by which it was asked for, with what this container was answered.
    package var answer: DomainAnswer?
    /// The protocol and the other end's port, where it is about one service alone.
    package var protocolNumber: UInt8?
    package var port: UInt16?
    /// The sentence of the alert.
    package var message: String

    package init(rule: String, alert: String, severity: Int, message: String) {
        self.rule = rule
        self.alert = alert
        self.severity = severity
        self.message = message
    }
}
