import Addressing
import Containers
import Policy

/// A network namespace of containers as levels of sensitivity see it: one level, the devices it is reached by, and its addresses.
struct LevelledPlace {
    var level: SensitivityLevel
    /// The host's ends of its veths.
    var devices: [(namespace: NetworkNamespace, name: String)]
    var addresses: [IPAddress]
    /// Those that mean something on one link only: nobody needs to configure them, and neighbours are reached by them all the same.
    var linkAddresses: [IPAddress]
    var residents: [Resident]
    /// Interfaces whose ends on the host are not known: macvlan and its like.
    var unguarded: [String]

    /// Those whose level is known. Containers that share a namespace have the highest level among them, as nothing tells their packets
    /// apart.
    static func all(in inventory: Inventory, _ policy: inout CompiledPolicy) -> [Self] {
        var places: [Self] = []
        for place in inventory.namespaces where !place.isHost && place.namespace != nil {
            let residents = place.containers.map { Resident($0.container, in: place) }
            var level: SensitivityLevel?
            for resident in residents {
                for end in resident.ends {
                    guard let found = policy.level(of: end) else { continue }
                    level = max(level ?? found, found)
                }
            }
            guard let level else { continue }
            let devices = place.interfaces.compactMap { interface -> (namespace: NetworkNamespace, name: String)? in
                guard interface.interface.kind == "veth", let peer = interface.peer,
                    peer.key.namespace != place.namespace
                else { return nil }
                return (peer.key.namespace, peer.name)
            }
            let all = place.interfaces.flatMap(\.addresses)
            places.append(
                Self(
                    level: level,
                    devices: devices,
                    addresses: all.filter { !$0.isOfLink }.map(\.address),
                    linkAddresses: all.filter(\.isOfLink).map(\.address),
                    residents: residents,
                    unguarded: residents.first.map { Placement(of: $0, receiving: false).unguarded } ?? []
                )
            )
        }
        return places
    }

    /// Whether a selector means one of those who are there; none means everybody.
    func isMeant(by selector: Selector?) -> Bool {
        guard let selector else { return true }
        return residents.contains { selector.means($0) }
    }
}

extension Resident {
    /// What a policy asks for, once for each address.
    fileprivate var ends: [PolicyEnd] {
        interfaces.flatMap { interface in
            interface.addresses.filter { !$0.isOfLink }.map { address in
                PolicyEnd(
                    address.address,
                    container: container,
                    segmentName: interface.bridge?.name,
                    segmentNumber: interface.networkIdentifier
                )
            }
        }
    }
}

extension Placement {
    /// Interfaces that no hook of the host's stands at.
    fileprivate var unguarded: [String] {
        let inside = places.compactMap { place -> String? in
            guard place.hook == .output, case .device(let name) = place.local else { return nil }
            return name
        }
        return inside
            + gaps.compactMap { if case .otherEndUnknown(_, let interface) = $0 { interface } else { nil } }
    }
}
