/// How many frames could not be decoded to the end, by layer and reason.
public struct DecodeCounters: Sendable {
    /// Frames our capture had cut short in that layer.
    public internal(set) var truncatedByCapture = [UInt64](repeating: 0, count: Layer.allCases.count)

    /// Frames the sender had sent too short for that layer.
    public internal(set) var truncatedBySender = [UInt64](repeating: 0, count: Layer.allCases.count)

    /// Frames that contradict that layer's protocol.
    public internal(set) var malformed = [UInt64](repeating: 0, count: Layer.allCases.count)

    /// Frames per link type that we do not read, by LINKTYPE_ number. At most 64 numbers are kept apart.
    public internal(set) var unknownLinkTypes: [UInt16: UInt64] = [:]

    /// Frames that carry no IP and are no sighting either, such as spanning tree or LLDP.
    public internal(set) var other: UInt64 = 0

    /// Packets nested deeper than `TunnelStack.maximumDepth`.
    public internal(set) var tooDeep: UInt64 = 0

    /// ESP packets: a tunnel or a flow whose inside nobody but its ends can read.
    public internal(set) var opaqueESP: UInt64 = 0

    /// WireGuard datagrams, just as opaque.
    public internal(set) var opaqueWireGuard: UInt64 = 0

    /// Packets per innermost tunnel, indexed by `TunnelKind.rawValue`.
    public internal(set) var tunnels = [UInt64](repeating: 0, count: 32)

    public init() {}

    @inline(never)
    mutating func count(_ error: WireError, cutByCapture: Bool) {
        switch error {
        case .truncated(let layer) where cutByCapture: truncatedByCapture[Int(layer.rawValue)] += 1
        case .truncated(let layer): truncatedBySender[Int(layer.rawValue)] += 1
        case .malformed(let layer): malformed[Int(layer.rawValue)] += 1
        }
    }

    @inline(never)
    mutating func countUnknownLinkType(_ number: UInt16) {
        if unknownLinkTypes[number] != nil || unknownLinkTypes.count < 64 {
            unknownLinkTypes[number, default: 0] += 1
        } else {
            other += 1
        }
    }
}
