package import Addressing
package import Containers

/// One end of a flow, as far as a policy asks for it.
package struct PolicyEnd {
    /// The run of a container it is; nil where it is none, or nobody knows.
    package var container: Container?
    package var address: IPAddress
    /// The layer-2 network it is in: a bridge's name, and a VNI or VLAN.
    package var segmentName: String?
    package var segmentNumber: UInt32?
    /// Whether it is beyond the networks of containers and of their hosts.
    package var isOutside: Bool

    package init(
        _ address: IPAddress,
        container: Container? = nil,
        segmentName: String? = nil,
        segmentNumber: UInt32? = nil,
        isOutside: Bool = false
    ) {
        self.address = address
        self.container = container
        self.segmentName = segmentName
        self.segmentNumber = segmentNumber
        self.isOutside = isOutside
    }
}
