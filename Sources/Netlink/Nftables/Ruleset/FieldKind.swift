extension Nftables {
    /// What a field of a set's key is. The numbers are nft's own, by which it prints elements; to the kernel they mean nothing.
    package enum FieldKind: UInt32, Hashable, Sendable, CaseIterable {
        case ipv4 = 7
        case ipv6 = 8
        case ether = 9
        /// As IANA registers it.
        case inetProtocol = 12
        /// A port.
        case inetService = 13
        case mark = 19
        /// A device by its number.
        case interfaceIndex = 20
        /// PACKET_*: to whom a frame is, as its Ethernet address says. packet(7)
        case packetType = 31
        case interfaceName = 41
        /// A cgroup of the unified hierarchy, by its id: the inode of its directory.
        case cgroupsv2 = 46

        /// Bytes, without what pads it in a concatenation.
        package var length: Int {
            switch self {
            case .inetProtocol, .packetType: 1
            case .inetService: 2
            case .ipv4, .mark, .interfaceIndex: 4
            case .ether: 6
            case .cgroupsv2: 8
            case .ipv6, .interfaceName: 16
            }
        }

        /// Bytes in a concatenation, and in registers, of four bytes each.
        package var paddedLength: Int { (length + 3) & ~3 }

        /// Whether it is kept in network byte order, so that a range of it means what it says.
        var isOrdered: Bool { self != .mark && self != .cgroupsv2 && self != .interfaceIndex }
    }
}

extension Nftables.FieldKind: CustomStringConvertible {
    /// As nft(8) writes it.
    package var description: String {
        switch self {
        case .ipv4: "ipv4_addr"
        case .ipv6: "ipv6_addr"
        case .ether: "ether_addr"
        case .inetProtocol: "inet_proto"
        case .inetService: "inet_service"
        case .mark: "mark"
        case .interfaceIndex: "iface_index"
        case .packetType: "pkt_type"
        case .interfaceName: "ifname"
        case .cgroupsv2: "cgroupsv2"
        }
    }
}
