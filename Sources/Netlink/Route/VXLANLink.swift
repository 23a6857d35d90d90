package import Addressing
import CMnl

/// What a vxlan device was told to do, as IFLA_INFO_DATA of its link has it.
///
/// linux/if_link.h, IFLA_VXLAN_*; RFC 7348.
package struct VXLANLink: Hashable, Sendable {
    /// The network identifier, 24 bits; 0 when it is taken from elsewhere (`collectsMetadata`).
    package var networkIdentifier: UInt32 = 0
    /// The UDP port it listens on and sends to.
    package var port: UInt16 = 0
    /// The address it sends from, when one is set.
    package var local: IPAddress?
    /// Where it sends what it knows no other place for: a group or one host.
    package var remote: IPAddress?
    /// The index of the interface it sends through, when one is set.
    package var through: UInt32?
    /// Whether the identifier and the ends come with each packet, from a route or a flow program: "external" in ip-link(8).
    package var collectsMetadata = false
    /// Whether it fills its FDB from what it receives; overlays of Swarm and flannel fill it themselves.
    package var learns = false

    package init(networkIdentifier: UInt32, port: UInt16) {
        self.networkIdentifier = networkIdentifier
        self.port = port
    }

    init(_ data: borrowing Attribute) throws(NetlinkError) {
        var attributes = data.nested
        while let attribute = try attributes.next() {
            switch attribute.type {
            case IFLA_VXLAN_ID: networkIdentifier = try attribute.integer(UInt32.self)
            case IFLA_VXLAN_PORT: port = try attribute.bigEndian(UInt16.self)
            case IFLA_VXLAN_LOCAL, IFLA_VXLAN_LOCAL6: local = try attribute.address()
            case IFLA_VXLAN_GROUP, IFLA_VXLAN_GROUP6: remote = try attribute.address()
            case IFLA_VXLAN_LINK: through = try attribute.index()
            case IFLA_VXLAN_COLLECT_METADATA: collectsMetadata = try attribute.integer(UInt8.self) != 0
            case IFLA_VXLAN_LEARNING: learns = try attribute.integer(UInt8.self) != 0
            default: break
            }
        }
    }
}
