import Addressing

/// The key of a flow of either family, for tables that few flows are in.
struct TranslatedKey: Hashable {
    var low: IPAddress
    var high: IPAddress
    /// As in `FlowKey.transport`.
    var transport: UInt64

    /// Of an entry's key.
    init(_ key: some FlowKey) {
        low = key.address(high: false)
        high = key.address(high: true)
        transport = key.transport
    }

    /// Of a conversation; `isReversed` says that the high end is its source.
    static func of(
        _ source: FlowTranslation.End,
        _ destination: FlowTranslation.End,
        protocolNumber: UInt8,
        scope: UInt32
    ) -> (key: Self, isReversed: Bool) {
        let isReversed =
            source.address != destination.address
            ? destination.address < source.address : destination.port < source.port
        let (low, high) = isReversed ? (destination, source) : (source, destination)
        let ports = UInt64(low.port) << 16 | UInt64(high.port)
        let transport = UInt64(scope) << 40 | UInt64(protocolNumber) << 32 | ports
        return (Self(low: low.address, high: high.address, transport: transport), isReversed)
    }

    init(low: IPAddress, high: IPAddress, transport: UInt64) {
        self.low = low
        self.high = high
        self.transport = transport
    }
}
