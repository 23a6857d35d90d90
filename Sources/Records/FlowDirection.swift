/// Which way a flow goes, seen from the containers of the monitored host; the value of `network.direction`.
package enum FlowDirection: String, Hashable, Sendable, CaseIterable {
    /// Both ends are containers here.
    case `internal`
    /// The responder is one.
    case ingress
    /// The initiator is one.
    case egress
    /// Neither is.
    case external
}
