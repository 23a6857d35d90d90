import Graph

/// What goes over several edges: bytes a second where that is measured of any, else bytes.
struct EdgeSum: Hashable, Sendable {
    private(set) var rate: UInt64?
    private(set) var bytes: UInt64 = 0

    mutating func add(_ edge: Edge, _ rate: EdgeRate?) {
        bytes &+= edge.counts.bytes
        if let rate { self.rate = (self.rate ?? 0) &+ rate.tenSeconds.bytes }
    }

    /// `4.2M` a second, `4.2MB` in all, or `-` where nothing went.
    var text: String {
        if let rate { return RateText.text(Double(rate)) }
        return bytes == 0 ? "-" : AmountText.bytes(bytes)
    }

    /// Rates come before sums.
    var key: UInt64 { rate.map { 1 << 63 | min($0, 1 << 62) } ?? min(bytes, 1 << 62) }
}
