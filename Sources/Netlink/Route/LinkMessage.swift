package import Addressing
import CMnl

/// An interface, as RTM_NEWLINK and RTM_DELLINK describe it.
///
/// The kernel sends far more; only what ties an interface to others and to a container is kept. rtnetlink(7),
/// linux/if_link.h.
package struct LinkMessage: Hashable, Sendable {
    /// The kernel's number for it in its namespace, from 1.
    package var index: UInt32
    package var name = ""
    /// What it is on the wire, such as 1 for Ethernet or 772 for the loopback: ARPHRD_*, linux/if_arp.h.
    package var hardwareType: UInt16
    /// IFF_*, netdevice(7).
    package var flags: UInt32
    /// What made it, such as "veth", "bridge" or "vxlan". Nil for hardware and the loopback.
    package var kind: String?
    package var hardwareAddress: MACAddress?
    /// Octets.
    package var maximumTransmissionUnit: UInt32?

    /// The index of a veth's other end, or of what a macvlan, vlan or vxlan device stands on.
    package var peer: UInt32?
    /// The number of the namespace `peer` is in, when that is another than the interface's own: as the namespace of the socket
    /// numbers it in a dump, also in one of another namespace, but as the interface's own namespace does in an event.
    package var peerNamespace: Int32?
    /// The index of the bridge, bond or VRF it is enslaved to.
    package var master: UInt32?

    package var vxlan: VXLANLink?
    /// The identifier of a vlan device, 802.1Q.
    package var vlanIdentifier: UInt16?
    /// The routing table of a VRF device.
    package var routingTable: UInt32?

    /// The namespace it went to and its index there: only when it was moved away.
    package var movedTo: Moved?
    package var drops: LinkDrops?

    /// Where an interface went. Its name may have changed too.
    package struct Moved: Hashable, Sendable {
        /// As the namespace it left numbers it.
        package var namespace: Int32
        /// Nil when it is the same as before, or the kernel is older than 4.16.
        package var index: UInt32?

        package init(namespace: Int32, index: UInt32?) {
            self.namespace = namespace
            self.index = index
        }
    }

    /// Whether it is switched on (IFF_UP).
    package var isUp: Bool { flags & 1 != 0 }
    /// Whether it is a loopback (IFF_LOOPBACK).
    package var isLoopback: Bool { flags & 8 != 0 }

    /// An interface that is down and of which nothing else is known.
    package init(index: UInt32, name: String, hardwareType: UInt16 = 1, flags: UInt32 = 0) {
        self.index = index
        self.name = name
        self.hardwareType = hardwareType
        self.flags = flags
    }

    /// Reads what follows the netlink header: struct ifinfomsg, then attributes.
    init(body: RawSpan) throws(NetlinkError) {
        var attributes = try Attributes(body, after: MemoryLayout<ifinfomsg>.size, operation: "read a link")
        hardwareType = body.load(UInt16.self, at: 2)
        index = body.load(UInt32.self, at: 4)
        flags = body.load(UInt32.self, at: 8)
        var movedNamespace: Int32?
        var movedIndex: UInt32?
        while let attribute = try attributes.next() {
            switch attribute.type {
            case IFLA_IFNAME: name = attribute.text
            case IFLA_ADDRESS: hardwareAddress = attribute.hardwareAddress
            case IFLA_MTU: maximumTransmissionUnit = try attribute.integer(UInt32.self)
            // A tunnel that stands on no interface says 0.
            case IFLA_LINK: peer = try attribute.index()
            case IFLA_LINK_NETNSID: peerNamespace = try attribute.namespaceIdentifier()
            case IFLA_MASTER: master = try attribute.index()
            case IFLA_NEW_NETNSID: movedNamespace = try attribute.namespaceIdentifier()
            case IFLA_NEW_IFINDEX: movedIndex = try attribute.index()
            case IFLA_STATS64: drops = try LinkDrops(attribute)
            case IFLA_LINKINFO: try readInformation(attribute)
            default: break
            }
        }
        if let movedNamespace { movedTo = Moved(namespace: movedNamespace, index: movedIndex) }
    }

    /// IFLA_LINKINFO: the kind, and after it what only that kind has.
    private mutating func readInformation(_ information: borrowing Attribute) throws(NetlinkError) {
        var attributes = information.nested
        while let attribute = try attributes.next() {
            switch attribute.type {
            case IFLA_INFO_KIND: kind = attribute.text
            case IFLA_INFO_DATA:
                switch kind {
                case "vxlan": vxlan = try VXLANLink(attribute)
                case "vlan": vlanIdentifier = try attribute.first(IFLA_VLAN_ID)
                case "vrf": routingTable = try attribute.first(IFLA_VRF_TABLE)
                default: break
                }
            default: break
            }
        }
    }
}
