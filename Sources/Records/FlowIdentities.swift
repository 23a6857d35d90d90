package import Containers

/// Who the ends of a flow are. An object, as most flows of most replays have none and should not carry its room.
package final class FlowIdentities: Sendable {
    /// Both ends as they are shared with other flows.
    package let sharedSource: SharedIdentity
    package let sharedDestination: SharedIdentity
    /// The name of the monitored host, for those of its own ends.
    package let hostName: String?

    package init(source: SharedIdentity, destination: SharedIdentity, hostName: String?) {
        sharedSource = source
        sharedDestination = destination
        self.hostName = hostName
    }

    package var source: Identity { _read { yield sharedSource.identity } }
    package var destination: Identity { _read { yield sharedDestination.identity } }

    /// The value of `network.direction`, seen from the containers.
    package var direction: FlowDirection {
        switch (source.kind == .container, destination.kind == .container) {
        case (true, true): .internal
        case (true, false): .egress
        case (false, true): .ingress
        case (false, false): .external
        }
    }

    /// The value of `segment.name`: the bridge the initiator is on, or else the responder; nil where neither is on one.
    var bridgeName: String? { source.bridgeName ?? destination.bridgeName }

    /// Whether nothing more is to be learned of either end by waiting a moment.
    package var isSettled: Bool { sharedSource.isSettled && sharedDestination.isSettled }
}

extension FlowIdentities: Hashable {
    package static func == (left: FlowIdentities, right: FlowIdentities) -> Bool {
        left.source == right.source && left.destination == right.destination && left.hostName == right.hostName
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(source)
        hasher.combine(destination)
    }
}
