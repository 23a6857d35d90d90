import Addressing
import Netlink
import Policy

/// The elements of all sets of a namespace as they are put together: what is exact by its key, and ranges by what else is in theirs,
/// until they are cut so that none overlap.
struct ElementTable {
    /// What of a key is exact beside ranges.
    private struct Group: Hashable {
        var shape: SetShape
        var local: LocalEnd
        var protocolNumber: UInt8?
    }

    private var exact: [SetShape: [Nftables.Key: DesiredElement]] = [:]
    private var ranges: [Group: [ElementRange]] = [:]

    /// Ranges of ports up to so many ports are written port by port: exact keys are found faster than ranges.
    private static var portsWrittenOut: Int { 8 }

    init() {}

    /// How many elements some traffic takes for a local end and another one, before ranges are cut at each other.
    static func count(of traffic: Traffic, with remote: IPPrefix?) -> Int {
        guard traffic.protocolNumber != nil, !traffic.ports.isEmpty else { return 1 }
        let isBlock = remote.map { !$0.isSingle } ?? false
        return traffic.ports.reduce(0) { $0 + (isBlock || $1.count > portsWrittenOut ? 1 : $1.count) }
    }

    /// Puts in what is about a local end, another one and some traffic.
    mutating func insert(
        _ use: SetShape.Use,
        at hook: PlaceHook,
        of local: LocalEnd,
        _ remote: IPPrefix?,
        _ traffic: Traffic,
        _ element: DesiredElement
    ) {
        var shape = SetShape(use: use, hook: hook, local: local.kind, remote: .anyone, ports: .any)
        if let remote { shape.remote = remote.address.isIPv6 ? .v6 : .v4 }
        // A source of one version has nothing to do with the other.
        if shape.local == .source4, shape.remote == .v6 { return }
        if shape.local == .source6, shape.remote == .v4 { return }
        let isBlock = remote.map { !$0.isSingle } ?? false
        guard let number = traffic.protocolNumber else {
            insert(shape, local, remote, isBlock, nil, nil, element)
            return
        }
        guard !traffic.ports.isEmpty else {
            shape.ports = .protocolNumber
            insert(shape, local, remote, isBlock, number, nil, element)
            return
        }
        shape.ports = .port
        for ports in traffic.ports {
            if isBlock || ports.count > Self.portsWrittenOut {
                insert(shape, local, remote, true, number, ports, element)
            } else {
                for port in ports { insert(shape, local, remote, false, number, port...port, element) }
            }
        }
    }

    private mutating func insert(
        _ shape: SetShape,
        _ local: LocalEnd,
        _ remote: IPPrefix?,
        _ isRange: Bool,
        _ protocolNumber: UInt8?,
        _ ports: ClosedRange<UInt16>?,
        _ element: DesiredElement
    ) {
        var shape = shape
        shape.isRange = isRange
        guard isRange else {
            let key = Self.key(shape, local, remote?.numbers ?? 0...0, protocolNumber, ports)
            if exact[shape]?[key]?.join(element) == nil { exact[shape, default: [:]][key] = element }
            return
        }
        let group = Group(shape: shape, local: local, protocolNumber: protocolNumber)
        let range = ElementRange(addresses: remote?.numbers ?? 0...0, ports: ports ?? 0...0, element: element)
        ranges[group, default: []].append(range)
    }

    private static func key(
        _ shape: SetShape,
        _ local: LocalEnd,
        _ addresses: ClosedRange<UInt128>,
        _ protocolNumber: UInt8?,
        _ ports: ClosedRange<UInt16>?
    ) -> Nftables.Key {
        var fields: [Nftables.Field] = []
        if let field = local.field { fields.append(field) }
        if shape.remote != .anyone { fields.append(.addresses(addresses, isIPv6: shape.remote == .v6)) }
        if let protocolNumber { fields.append(.inetProtocol(protocolNumber)) }
        if let ports { fields.append(.ports(ports)) }
        return Nftables.Key(fields)
    }

    /// The elements of every set that has any.
    func finished() -> [SetShape: [Nftables.Key: DesiredElement]] {
        var all = exact
        for (group, list) in ranges {
            for piece in ElementRange.disjoint(list) {
                let ports = group.shape.ports == .port ? piece.ports : nil
                let key = Self.key(group.shape, group.local, piece.addresses, group.protocolNumber, ports)
                all[group.shape, default: [:]][key] = piece.element
            }
        }
        return all
    }
}

extension LocalEnd {
    var kind: SetShape.Local {
        switch self {
        case .device: .device
        case .cgroup(_, let level): .cgroup(level: level)
        case .source(let address): address.isIPv6 ? .source6 : .source4
        case .anybody: .anybody
        }
    }

    /// What stands for it in keys; nil where nothing does.
    var field: Nftables.Field? {
        switch self {
        case .device(let name): .interface(name)
        case .cgroup(let identifier, _): .cgroup(identifier)
        case .source(let address): .address(address)
        case .anybody: nil
        }
    }
}
