package import Addressing

/// A port of the host by which a runtime lets others reach a container (`docker run -p`).
package struct PublishedPort: Hashable, Sendable {
    /// As IANA registers them: 6 or 17, mostly.
    package var protocolNumber: UInt8
    /// Of the host; all zeros for every address of its family.
    package var address: IPAddress
    package var port: UInt16
    /// Where it leads to, in the container.
    package var containerPort: UInt16

    package init(protocolNumber: UInt8, address: IPAddress, port: UInt16, containerPort: UInt16) {
        self.protocolNumber = protocolNumber
        self.address = address
        self.port = port
        self.containerPort = containerPort
    }
}

extension PublishedPort: Comparable {
    /// By the host's port, then whatever tells two apart: an order for output.
    package static func < (left: Self, right: Self) -> Bool {
        if left.port != right.port { return left.port < right.port }
        if left.protocolNumber != right.protocolNumber { return left.protocolNumber < right.protocolNumber }
        return left.address != right.address ? left.address < right.address : left.containerPort < right.containerPort
    }
}
