package import Addressing
package import Containers

/// A flow that goes on, as far as a preview needs it.
package struct ObservedFlow: Hashable, Sendable {
    /// Who began and who was called; nil where that is no container.
    package var source: ContainerKey?
    package var destination: ContainerKey?
    package var sourceAddress: IPAddress
    package var destinationAddress: IPAddress
    package var sourcePort: UInt16
    package var destinationPort: UInt16
    package var protocolNumber: UInt8
    /// Whether both ends have answered each other.
    package var isEstablished: Bool
    /// Of both ends, so far.
    package var packets: UInt64
    /// As a person reads it, such as `web → db:5432`.
    package var label: String

    package init(
        from source: IPAddress,
        _ sourcePort: UInt16 = 0,
        to destination: IPAddress,
        _ destinationPort: UInt16 = 0,
        protocolNumber: UInt8,
        label: String,
        isEstablished: Bool = true,
        packets: UInt64 = 0
    ) {
        sourceAddress = source
        self.sourcePort = sourcePort
        destinationAddress = destination
        self.destinationPort = destinationPort
        self.protocolNumber = protocolNumber
        self.label = label
        self.isEstablished = isEstablished
        self.packets = packets
    }
}
