package import Containers

/// Who the ends of a flow are. An object, as most flows of most replays have none and should not carry its room.
package final class FlowIdentities: Sendable {
    package let source: Identity
    package let destination: Identity
    /// The name of the monitored host, for those of its own ends.
    package let hostName: String?

    package init(source: Identity, destination: Identity, hostName: String?) {
        self.source = source
        self.destination = destination
        self.hostName = hostName
    }

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
    package var isSettled: Bool { source.isSettled && destination.isSettled }
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

extension Identity {
    /// Whether it has a name, or is what gets none.
    fileprivate var isSettled: Bool {
        switch kind {
        case .container: container?.description.name != nil || container?.description.pod != nil
        case .host, .gateway, .multicast, .outside, .remoteHost, .remote: true
        case .namespace, .vacant, .unknown: false
        }
    }
}
