import Addressing
import Containers

/// Which workload an end is. What was worked out for a run of a container is remembered; when there are too many, all is worked out anew.
struct WorkloadIndex {
    private var known: [ContainerKey: (container: Container, workload: Workload?)] = [:]

    private static var limit: Int { 8192 }

    /// The workload; nil for hosts, gateways, groups and what is outside.
    mutating func workload(of end: BaselineEnd) -> Workload? {
        if let container = end.container {
            if let workload = workload(of: container) { return workload }
        } else if end.isOutside || end.isGroup {
            return nil
        }
        switch end.kind {
        case .container, .namespace, .remote, .vacant, .unknown: return Self.network(of: end)
        case .host, .gateway, .remoteHost, .outside, .multicast: return nil
        }
    }

    /// Whom somebody talks to who talks to that end; nil for groups.
    mutating func place(of end: BaselineEnd) -> Place? {
        if let workload = workload(of: end) { return .workload(workload) }
        switch end.kind {
        case .host: return .host
        case .remoteHost: return .remoteHost
        case .gateway: return .gateway
        default: break
        }
        guard end.isOutside, !end.isGroup else { return nil }
        return end.name.flatMap { NameGroups.canonical($0) }.map { .name($0) } ?? .network(of: end.address)
    }

    private mutating func workload(of container: Container) -> Workload? {
        if let entry = known[container.key], entry.container.isDescribed(as: container) { return entry.workload }
        if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
        let workload = Workload(container)
        known[container.key] = (container, workload)
        return workload
    }

    /// Nil for the address of who has none yet.
    private static func network(of end: BaselineEnd) -> Workload? {
        let unspecified: [IPAddress] = [.v4(IPv4Address(bits: 0)), .v6(IPv6Address(high: 0, low: 0))]
        if unspecified.contains(end.address) { return nil }
        var workload = Workload()
        let block = IPPrefix(end.address, length: end.address.isIPv6 ? 64 : 24)
        workload.segment = end.segment.flatMap { PlainText.of($0) } ?? block.map { "\($0)" } ?? "\(end.address)"
        return workload
    }
}
