/// The UDP ports that tunnels are looked for on.
public struct TunnelPorts: Sendable {
    /// VXLAN: what IANA assigned, and what the Linux kernel and flannel took before. RFC 7348, section 8.
    public static let vxlanDefaults: [UInt16] = [4789, 8472]

    /// Geneve. RFC 8926, section 3.3.
    public static let geneveDefaults: [UInt16] = [6081]

    private var kinds: [UInt16: PortTunnel]

    /// One bit for each port that may be a tunnel's, by a hash of six bits: nearly every other datagram is told apart
    /// without a look into the dictionary.
    private var filter: UInt64 = 0

    /// The default ports and more.
    public init(vxlan: [UInt16] = [], geneve: [UInt16] = []) {
        kinds = [
            4790: .vxlanGPE, 2152: .gtpu, 3544: .teredo, 4754: .gre, 1701: .l2tp,
        ]
        for port in Self.vxlanDefaults + vxlan { kinds[port] = .vxlan }
        for port in Self.geneveDefaults + geneve { kinds[port] = .geneve }
        for port in kinds.keys { filter |= 1 << Self.bit(port) }
    }

    @inline(__always)
    private static func bit(_ port: UInt16) -> UInt64 {
        UInt64(truncatingIfNeeded: (UInt32(port) &* 0x9e37_79b1) >> 26)
    }

    /// Whether neither port can be a tunnel's. Cheap, and wrong only in the safe direction.
    @inline(__always)
    func excludes(_ ports: UInt32) -> Bool {
        let source = UInt16(truncatingIfNeeded: ports >> 16)
        let destination = UInt16(truncatingIfNeeded: ports)
        return (filter >> Self.bit(source) | filter >> Self.bit(destination)) & 1 == 0
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
