import Wire

/// One of a flow's two ends, in the order of its key.
public enum FlowEnd: UInt8, Sendable, BitwiseCopyable {
    case unknown, low, high

    /// The end that is beyond the interface which saw a packet.
    @inline(__always)
    init(beyond packet: borrowing Packet) {
        let sender: Self = packet.flags.contains(.reversed) ? .high : .low
        switch packet.direction {
        case .unknown: self = .unknown
        case .incoming: self = sender
        case .outgoing: self = sender.turned
        }
    }
}

extension FlowEnd {
    /// The other end.
    var turned: Self {
        switch self {
        case .unknown: .unknown
        case .low: .high
        case .high: .low
        }
    }
}

extension Flow {
    /// Whether that end is the initiator; nil when nobody knows.
    public func isSource(_ end: FlowEnd) -> Bool? {
        switch end {
        case .unknown: nil
        case .low: sourceIsLow
        case .high: !sourceIsLow
        }
    }
}
