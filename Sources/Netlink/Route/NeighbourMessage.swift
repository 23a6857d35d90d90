package import Addressing
import CMnl

/// Who is behind which hardware address: an ARP or ND neighbour, or an entry of a bridge's or vxlan device's forwarding
/// table (FDB).
///
/// RTM_NEWNEIGH and RTM_DELNEIGH; rtnetlink(7), linux/neighbour.h.
package struct NeighbourMessage: Hashable, Sendable {
    /// AF_INET, AF_INET6, or AF_BRIDGE for an FDB entry.
    package var family: UInt8
    /// Of the interface it is reached through; for a bridge's entry of the port.
    package var index: UInt32
    /// NUD_*, such as 0x02 reachable, 0x80 permanent.
    package var state: UInt16
    /// NTF_*.
    package var flags: UInt8

    package var hardwareAddress: MACAddress?
    /// A neighbour's address; or, in a vxlan device's FDB, the remote VTEP behind which `hardwareAddress` is.
    package var destination: IPAddress?
    /// The bridge whose FDB it is.
    package var master: UInt32?
    package var vlanIdentifier: UInt16?

    /// The VXLAN network the packet is sent in, when not the device's own.
    package var networkIdentifier: UInt32?
    /// The VXLAN network the entry is for, on a device that has several.
    package var sourceNetworkIdentifier: UInt32?
    /// The UDP port it is sent to, when not the device's own.
    package var port: UInt16?
    /// The interface the tunnel's packet goes out by, when not the device's own, and the namespace of that.
    package var through: UInt32?
    package var throughNamespace: Int32?

    /// Whether it is in a forwarding table, and no neighbour.
    package var isForwarding: Bool { family == UInt8(AF_BRIDGE) }
    /// Whether `hardwareAddress` holds: not asked for still (NUD_INCOMPLETE), nor without answer (NUD_FAILED).
    package var isValid: Bool { state & 0xde != 0 }
    /// Whether it stays until it is deleted (NUD_PERMANENT). A bridge's own addresses are such.
    package var isPermanent: Bool { state & 0x80 != 0 }

    package init(family: UInt8, index: UInt32, state: UInt16, flags: UInt8 = 0) {
        self.family = family
        self.index = index
        self.state = state
        self.flags = flags
    }

    /// Reads what follows the netlink header: struct ndmsg, then attributes.
    init(body: RawSpan) throws(NetlinkError) {
        var attributes = try Attributes(body, after: MemoryLayout<ndmsg>.size, operation: "read a neighbour")
        family = body.load(UInt8.self, at: 0)
        index = body.load(UInt32.self, at: 4)
        state = body.load(UInt16.self, at: 8)
        flags = body.load(UInt8.self, at: 10)
        while let attribute = try attributes.next() {
            switch attribute.type {
            // A tunnel's neighbour may have an address of another kind there; it says nothing to us.
            case Int(NDA_DST): destination = IPAddress(networkOrder: attribute.value)
            case Int(NDA_LLADDR): hardwareAddress = attribute.hardwareAddress
            case Int(NDA_MASTER): master = try attribute.index()
            case Int(NDA_VLAN): vlanIdentifier = try attribute.integer(UInt16.self)
            case Int(NDA_VNI): networkIdentifier = try attribute.integer(UInt32.self)
            case Int(NDA_SRC_VNI): sourceNetworkIdentifier = try attribute.integer(UInt32.self)
            case Int(NDA_PORT): port = try attribute.bigEndian(UInt16.self)
            case Int(NDA_IFINDEX): through = try attribute.index()
            case Int(NDA_LINK_NETNSID): throughNamespace = try attribute.namespaceIdentifier()
            default: break
            }
        }
    }
}

extension NetlinkSocket {
    /// Lists the ARP and ND neighbours of the socket's namespace. Needs a `.route` socket.
    package mutating func dumpNeighbours() throws(NetlinkError) -> [NeighbourMessage] {
        try dumpNeighbours(family: AF_UNSPEC, for: "list neighbours")
    }

    /// Lists the forwarding tables of all bridges and vxlan devices of the socket's namespace. Needs a `.route` socket.
    package mutating func dumpForwarding() throws(NetlinkError) -> [NeighbourMessage] {
        try dumpNeighbours(family: AF_BRIDGE, for: "list forwarding tables")
    }

    private mutating func dumpNeighbours(
        family: Int32,
        for operation: String
    ) throws(NetlinkError) -> [NeighbourMessage] {
        var header = ndmsg()
        header.ndm_family = UInt8(truncatingIfNeeded: family)
        let request = NetlinkRequest(RTM_GETNEIGH, flags: NLM_F_DUMP, header)
        return try dump(request, for: operation) { (message) throws(NetlinkError) in
            guard message.type == UInt16(RTM_NEWNEIGH) else { return nil }
            return try NeighbourMessage(body: message.body)
        }
    }
}
