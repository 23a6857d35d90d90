/// Names the space in which an address means one thing: the segments that one routing table joins without translation.
///
/// Means what `Scope.Name` of the room Flows means; containers cannot import flows, so whoever knows both maps one to
/// the other.
package enum ScopeName: Hashable, Sendable {
    /// What the monitored host itself routes for.
    case bare
    /// An overlay segment by its VNI, and the VLANs inside it as `Packet.vlan` has them; 0 for none.
    case segment(identifier: UInt32, vlan: UInt32)
    /// VLANs, outside any overlay.
    case vlan(UInt32)
    /// A network namespace other than the host's that routes for itself, such as that of a node inside a container.
    case namespace(NetworkNamespace)
    /// A bridge without an address and without an overlay, or a VRF: a space of its own.
    case device(InterfaceKey)

    /// Whether other hosts may have a part of it.
    package var isOverlay: Bool {
        switch self {
        case .segment: true
        case .bare, .vlan, .namespace, .device: false
        }
    }
}

extension ScopeName: CustomStringConvertible {
    /// How people know it: `bare`, `vni 42`, `vlan 7`, `net:[4026531840]`, or that with the number of a device.
    package var description: String {
        switch self {
        case .bare: "bare"
        case .segment(let identifier, 0): "vni \(identifier)"
        case .segment(let identifier, let vlan): "vni \(identifier) vlan \(vlan)"
        case .vlan(let word): "vlan \(word)"
        case .namespace(let namespace): "\(namespace)"
        case .device(let key): "\(key.namespace)/\(key.index)"
        }
    }
}
