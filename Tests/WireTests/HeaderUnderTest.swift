import Wire

/// A header with an example of it, and a reading of all its fields that ends in the length it claims.
struct HeaderUnderTest: Sendable, CustomStringConvertible {
    var description: String
    var example: [UInt8]
    var read: @Sendable (RawSpan) throws(WireError) -> Int

    static var all: [HeaderUnderTest] { everyday + tunnels + links + shims + rest }

    /// What nearly every frame has. Options may be cut off, so that only the fixed part is claimed.
    private static var everyday: [HeaderUnderTest] {
        [
            HeaderUnderTest(description: "Ethernet", example: EthernetHeaderTests.packet) { bytes throws(WireError) in
                let header = try EthernetHeader(bytes)
                _ = (header.destination, header.source, header.etherType)
                return EthernetHeader.length
            },
            HeaderUnderTest(description: "VLAN", example: VLANTagTests.packet) { bytes throws(WireError) in
                let tag = try VLANTag(bytes)
                _ = (tag.identifier, tag.etherType)
                return VLANTag.length
            },
            HeaderUnderTest(description: "IPv4", example: IPv4HeaderTests.packet) { bytes throws(WireError) in
                let header = try IPv4Header(bytes)
                _ = (header.length, header.totalLength, header.identification, header.source, header.destination)
                _ = (header.isFragment, header.isLaterFragment, header.payloadProtocol)
                return IPv4Header.minimumLength
            },
            HeaderUnderTest(description: "IPv6", example: IPv6HeaderTests.packet) { bytes throws(WireError) in
                let header = try IPv6Header(bytes)
                _ = (header.payloadLength, header.nextHeader, header.source, header.destination)
                return IPv6Header.length
            },
            HeaderUnderTest(description: "TCP", example: TCPHeaderTests.packet) { bytes throws(WireError) in
                let header = try TCPHeader(bytes)
                _ = (header.ports, header.sequenceNumber, header.acknowledgmentNumber, header.flags, header.window)
                return TCPHeader.minimumLength
            },
            HeaderUnderTest(description: "UDP", example: UDPHeaderTests.packet) { bytes throws(WireError) in
                let header = try UDPHeader(bytes)
                _ = (header.ports, header.datagramLength)
                return UDPHeader.length
            },
            HeaderUnderTest(description: "VXLAN", example: VXLANHeaderTests.packet) { bytes throws(WireError) in
                let header = try VXLANHeader(bytes)
                _ = header.networkIdentifier
                return VXLANHeader.length
            },
        ]
    }

    private static var tunnels: [HeaderUnderTest] {
        [
            HeaderUnderTest(description: "GRE", example: GREHeaderTests.complete) { bytes throws(WireError) in
                let header = try GREHeader(bytes)
                _ = (header.key, header.virtualSubnetIdentifier, header.protocolType, header.hasSequenceNumber)
                return header.length
            },
            HeaderUnderTest(description: "PPTP", example: GREHeaderTests.enhanced) { bytes throws(WireError) in
                let header = try GREHeader(bytes)
                _ = (header.callIdentifier, header.payloadLength, header.isEnhanced)
                return header.length
            },
            HeaderUnderTest(description: "Geneve", example: GeneveHeaderTests.packet) { bytes throws(WireError) in
                let header = try GeneveHeader(bytes)
                _ = (header.networkIdentifier, header.protocolType, header.isControl, header.hasCriticalOptions)
                return header.length
            },
            HeaderUnderTest(description: "ERSPAN II", example: ERSPANHeaderTests.typeTwo) { bytes throws(WireError) in
                let header = try ERSPANHeader(bytes, protocolType: 0x88be, hasSequenceNumber: true)
                _ = (header.vlan, header.sessionIdentifier, header.isTruncated, header.carriesIP)
                return header.length
            },
            HeaderUnderTest(description: "ERSPAN III", example: ERSPANHeaderTests.typeThree) {
                bytes throws(WireError) in
                let header = try ERSPANHeader(bytes, protocolType: 0x22eb, hasSequenceNumber: true)
                _ = (header.vlan, header.sessionIdentifier, header.isTruncated, header.carriesIP)
                return header.length
            },
            HeaderUnderTest(description: "VXLAN-GPE", example: VXLANGPEHeaderTests.packet) { bytes throws(WireError) in
                let header = try VXLANGPEHeader(bytes)
                _ = (header.networkIdentifier, header.protocolType, header.isControl)
                return header.length
            },
            HeaderUnderTest(description: "Teredo", example: TeredoHeaderTests.complete) { bytes throws(WireError) in
                let header = try TeredoHeader(bytes)
                _ = (header.origin, header.isAuthenticated)
                return header.length
            },
            HeaderUnderTest(description: "GTP-U", example: GTPUHeaderTests.packet) { bytes throws(WireError) in
                let header = try GTPUHeader(bytes)
                _ = (header.carriesPacket, header.messageType, header.tunnelEndpointIdentifier)
                return header.length
            },
            HeaderUnderTest(description: "L2TP", example: L2TPHeaderTests.complete) { bytes throws(WireError) in
                let header = try L2TPHeader(bytes)
                _ = (header.tunnelIdentifier, header.protocolType)
                return header.length
            },
            HeaderUnderTest(description: "L2TP after IP", example: [0, 0, 1, 0] + L2TPHeaderTests.frame) {
                bytes throws(WireError) in
                try L2TPHeader(afterIP: bytes).length
            },
            HeaderUnderTest(description: "WireGuard", example: WireGuardHeaderTests.message(2)) { bytes in
                guard let header = WireGuardHeader(bytes, datagramLength: 92) else { return 0 }
                _ = (header.senderIndex, header.receiverIndex)
                return 12
            },
            HeaderUnderTest(description: "ESP", example: ESPHeaderTests.packet) { bytes in
                guard let header = ESPHeader(bytes) else { return 0 }
                _ = (header.securityParametersIndex, header.sequenceNumber)
                return 8
            },
        ]
    }

    private static var links: [HeaderUnderTest] {
        [
            HeaderUnderTest(description: "SLL", example: SLLHeaderTests.packet) { bytes throws(WireError) in
                let header = try SLLHeader(bytes)
                _ = (header.source, header.protocolType, header.hardwareType, header.packetType)
                return header.length
            },
            HeaderUnderTest(description: "SLL2", example: SLL2HeaderTests.packet) { bytes throws(WireError) in
                let header = try SLL2Header(bytes)
                _ = (header.source, header.protocolType, header.interfaceIndex, header.packetType)
                return header.length
            },
            HeaderUnderTest(description: "null", example: [2, 0, 0, 0]) { bytes throws(WireError) in
                let header = try NullHeader(bytes)
                _ = header.etherType
                return header.length
            },
            HeaderUnderTest(description: "PPP", example: [0xff, 0x03, 0x00, 0x21]) { bytes throws(WireError) in
                let header = try PPPHeader(bytes)
                _ = header.etherType
                return header.length
            },
            HeaderUnderTest(description: "HDLC", example: CiscoHDLCHeaderTests.packet) { bytes throws(WireError) in
                let header = try CiscoHDLCHeader(bytes)
                _ = header.etherType
                return header.length
            },
            HeaderUnderTest(description: "NFLOG", example: NFLOGHeaderTests.packet) { bytes throws(WireError) in
                try NFLOGHeader(bytes).length
            },
            HeaderUnderTest(description: "radiotap", example: RadiotapHeaderTests.packet) { bytes throws(WireError) in
                let header = try RadiotapHeader(bytes)
                _ = (header.hasFrameCheckSequence, header.isPadded, header.isDamaged)
                return header.length
            },
            HeaderUnderTest(description: "802.11", example: IEEE80211HeaderTests.packet) { bytes throws(WireError) in
                let header = try IEEE80211Header(bytes, isPadded: true)
                _ = (header.source, header.destination, header.carriesLLC, header.isAggregate)
                return header.length
            },
            HeaderUnderTest(description: "FDDI", example: FDDIHeaderTests.packet) { bytes throws(WireError) in
                let header = try FDDIHeader(bytes)
                _ = (header.source, header.destination, header.carriesLLC)
                return header.length
            },
            HeaderUnderTest(description: "PKTAP", example: PKTAPHeaderTests.packet()) { bytes throws(WireError) in
                let header = try PKTAPHeader(bytes)
                _ = (header.linkType, header.processIdentifier)
                return header.length
            },
        ]
    }

    private static var shims: [HeaderUnderTest] {
        [
            HeaderUnderTest(description: "LLC", example: LLCHeaderTests.snap) { bytes throws(WireError) in
                let header = try LLCHeader(bytes)
                _ = header.etherType
                return header.length
            },
            HeaderUnderTest(description: "MPLS", example: MPLSStackTests.labels + [0, 0, 0, 0]) {
                bytes throws(WireError) in
                let stack = try MPLSStack(bytes)
                _ = (stack.protocolType, stack.topLabel, stack.bottomLabel)
                return stack.length
            },
            HeaderUnderTest(description: "PPPoE", example: PPPoEHeaderTests.packet) { bytes throws(WireError) in
                let header = try PPPoEHeader(bytes)
                _ = (header.isSession, header.sessionIdentifier, header.payloadLength)
                return header.length
            },
            HeaderUnderTest(description: "PBB", example: PBBHeaderTests.packet) { bytes throws(WireError) in
                let header = try PBBHeader(bytes)
                _ = header.serviceIdentifier
                return header.length
            },
            HeaderUnderTest(description: "VN-Tag", example: VNTagHeaderTests.packet) { bytes throws(WireError) in
                let header = try VNTagHeader(bytes)
                _ = (header.etherType, header.destinationInterface, header.sourceInterface)
                return header.length
            },
            HeaderUnderTest(description: "E-Tag", example: ETagHeaderTests.packet) { bytes throws(WireError) in
                let header = try ETagHeader(bytes)
                _ = (header.etherType, header.channelBase)
                return header.length
            },
            HeaderUnderTest(description: "NSH", example: NSHHeaderTests.packet) { bytes throws(WireError) in
                let header = try NSHHeader(bytes)
                _ = (header.protocolType, header.pathIdentifier, header.isControl)
                return header.length
            },
        ]
    }

    private static var rest: [HeaderUnderTest] {
        [
            HeaderUnderTest(description: "ARP", example: ARPPacketTests.packet) { bytes throws(WireError) in
                let packet = try ARPPacket(bytes)
                _ = (packet.operation, packet.isGratuitous, packet.senderHardwareAddress, packet.targetHardwareAddress)
                return ARPPacket.length
            },
            HeaderUnderTest(description: "AH", example: AHHeaderTests.packet) { bytes throws(WireError) in
                let header = try AHHeader(bytes)
                _ = (header.nextHeader, header.securityParametersIndex)
                return header.length
            },
            HeaderUnderTest(description: "fragment", example: FragmentHeaderTests.packet) { bytes throws(WireError) in
                let header = try FragmentHeader(bytes)
                _ = (header.offset, header.hasMoreFragments, header.isAtomic, header.identification)
                return header.length
            },
            HeaderUnderTest(description: "extension", example: IPv6ExtensionHeaderTests.packet) {
                bytes throws(WireError) in
                let header = try IPv6ExtensionHeader(bytes, layer: .routing)
                _ = header.nextHeader
                return header.length
            },
            HeaderUnderTest(description: "ICMP", example: ICMPHeaderTests.packet) { bytes throws(WireError) in
                let header = try ICMPHeader(bytes)
                _ = (header.identifier, header.isError, header.code)
                return header.length
            },
            HeaderUnderTest(description: "ICMPv6", example: ICMPv6HeaderTests.packet) { bytes throws(WireError) in
                let header = try ICMPv6Header(bytes)
                _ = (header.identifier, header.isError, header.code)
                return header.length
            },
            HeaderUnderTest(description: "IGMP", example: IGMPHeaderTests.packet) { bytes throws(WireError) in
                let header = try IGMPHeader(bytes)
                _ = (header.type, header.group)
                return IGMPHeader.length
            },
            HeaderUnderTest(description: "SCTP", example: SCTPHeaderTests.packet) { bytes throws(WireError) in
                let header = try SCTPHeader(bytes)
                _ = (header.sourcePort, header.destinationPort, header.verificationTag, header.firstChunkType)
                return header.length
            },
            HeaderUnderTest(description: "ND", example: NeighbourDiscoveryTests.router) { bytes throws(WireError) in
                try NeighbourDiscovery(bytes).prefixes.count
            },
            HeaderUnderTest(description: "DHCP", example: DHCPMessageTests.request) { bytes throws(WireError) in
                try DHCPMessage(bytes).hostName?.count ?? 0
            },
            HeaderUnderTest(description: "DHCPv6", example: DHCPv6MessageTests.reply) { bytes throws(WireError) in
                let message = try DHCPv6Message(bytes)
                _ = (message.clientHardwareAddress, message.hostName)
                return message.leases.count
            },
        ]
    }
}
