/// A way to carry packets in packets.
///
/// The raw values fit in five bits, so that a whole stack fits in a word; see `TunnelStack`.
@frozen public enum TunnelKind: UInt8, CaseIterable, Sendable {
    case vxlan = 1
    case vxlanGPE
    case geneve
    case gre
    case nvgre
    case erspan
    case ipip
    case sixInFour
    case fourInSix
    case sixInSix
    case gtpu
    case teredo
    case l2tp
    case pptp
    case etherip
    case mplsInIP

    /// Whether its identifier names a layer-2 segment, so that addresses inside mean something only together with it.
    @inlinable public var namesSegment: Bool {
        switch self {
        case .vxlan, .vxlanGPE, .geneve, .nvgre: true
        default: false
        }
    }
}

extension TunnelKind: CustomStringConvertible {
    /// The name in records.
    public var description: String {
        switch self {
        case .vxlan: "vxlan"
        case .vxlanGPE: "vxlan-gpe"
        case .geneve: "geneve"
        case .gre: "gre"
        case .nvgre: "nvgre"
        case .erspan: "erspan"
        case .ipip: "ipip"
        case .sixInFour: "6in4"
        case .fourInSix: "4in6"
        case .sixInSix: "6in6"
        case .gtpu: "gtp-u"
        case .teredo: "teredo"
        case .l2tp: "l2tp"
        case .pptp: "pptp"
        case .etherip: "etherip"
        case .mplsInIP: "mpls-in-ip"
        }
    }
}

/// The tunnels around a packet, outermost first, in one word.
@frozen public struct TunnelStack: Hashable, Sendable, BitwiseCopyable {
    /// Five bits a tunnel, the innermost lowest.
    public var bits: UInt32

    /// No tunnel at all.
    @inlinable public init() { bits = 0 }

    /// The most tunnels that are followed; what nests deeper counts where decoding stopped.
    @inlinable public static var maximumDepth: Int { 6 }

    /// Whether one more would exceed `maximumDepth`.
    @inlinable public var isFull: Bool { bits >> 25 != 0 }

    /// Whether the packet travels bare.
    @inlinable public var isEmpty: Bool { bits == 0 }

    /// The tunnel right around the packet.
    @inlinable public var innermost: TunnelKind? { TunnelKind(rawValue: UInt8(truncatingIfNeeded: bits & 31)) }

    /// Adds a tunnel inside the others. Only when not full.
    @inlinable public mutating func push(_ kind: TunnelKind) {
        bits = bits << 5 | UInt32(kind.rawValue)
    }

    /// All tunnels, outermost first.
    public var kinds: [TunnelKind] {
        stride(from: 25, through: 0, by: -5).compactMap { TunnelKind(rawValue: UInt8(bits >> UInt32($0) & 31)) }
    }
}
