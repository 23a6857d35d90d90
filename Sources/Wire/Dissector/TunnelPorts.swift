/// The UDP ports that tunnels are looked for on.
public struct TunnelPorts: Sendable {
    /// VXLAN: what IANA assigned, and what the Linux kernel and flannel took before. RFC 7348, section 8.
    public static let vxlanDefaults: [UInt16] = [4789, 8472]

    /// Geneve. RFC 8926, section 3.3.
    public static let geneveDefaults: [UInt16] = [6081]

    private var kinds: [UInt16: PortTunnel]

    /// Whether there are more ports than the ones known at compile time.
    private var hasMore: Bool

    /// The default ports and more.
    public init(vxlan: [UInt16] = [], geneve: [UInt16] = []) {
        kinds = [
            4790: .vxlanGPE, 2152: .gtpu, 3544: .teredo, 4754: .gre, 1701: .l2tp,
        ]
        for port in Self.vxlanDefaults + vxlan { kinds[port] = .vxlan }
        for port in Self.geneveDefaults + geneve { kinds[port] = .geneve }
        hasMore = !vxlan.isEmpty || !geneve.isEmpty
    }

    /// The same ports and more.
    public func adding(vxlan: [UInt16], geneve: [UInt16]) -> Self {
        if vxlan.isEmpty, geneve.isEmpty { return self }
        var more = self
        for port in vxlan { more.kinds[port] = .vxlan }
        for port in geneve { more.kinds[port] = .geneve }
        more.hasMore = true
        return more
    }

    /// Whether neither port is a tunnel's. A few compares for the ports everybody uses; a look-up only for more.
    @inline(__always)
    func excludes(_ ports: UInt32) -> Bool {
        switch ports & 0xffff {
        case 1701, 2152, 3544, 4754, 4789, 4790, 6081, 8472: return false
        default: break
        }
        switch ports >> 16 {
        case 1701, 2152, 3544: return false
        default: return !hasMore || kind(ports) == nil
        }
    }

    /// The tunnel a datagram may be: by its destination port, and for protocols that answer from the well-known port
    /// by its source port too.
    @inline(never)
    func kind(_ ports: UInt32) -> PortTunnel? {
        if let kind = kinds[UInt16(truncatingIfNeeded: ports)] { return kind }
        switch kinds[UInt16(truncatingIfNeeded: ports >> 16)] {
        case .gtpu: return .gtpu
        case .teredo: return .teredo
        case .l2tp: return .l2tp
        default: return nil
        }
    }
}

/// A tunnel protocol that runs over UDP.
enum PortTunnel: Sendable {
    case vxlan, vxlanGPE, geneve, gtpu, teredo, gre, l2tp
}
