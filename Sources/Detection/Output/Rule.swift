/// What may be found. Its identifier is stable: policies, alerts and their readers go by it.
package enum Rule: String, Hashable, Sendable, CaseIterable {
    case verticalScan = "scan.vertical"
    case horizontalScan = "scan.horizontal"
    case blockScan = "scan.block"
    case pingSweep = "sweep.ping"
    case arpSweep = "sweep.arp"
    case neighbourSweep = "sweep.nd"
    case synFlood = "flood.syn"
    case tcpFlood = "flood.tcp"
    case udpFlood = "flood.udp"
    case icmpFlood = "flood.icmp"
    case land = "flood.land"
    case reflection = "flood.reflection"
    case forgedSource = "spoofing.source"
    case arpTakeover = "spoofing.arp"
    case neighbourTakeover = "spoofing.nd"
    case rogueRouter = "rogue.router"
    case rogueDHCP = "rogue.dhcp"

    /// What people call it.
    package var name: String {
        switch self {
        case .verticalScan: "Ports of one host tried"
        case .horizontalScan: "One port of many hosts tried"
        case .blockScan: "Ports of many hosts tried"
        case .pingSweep: "Hosts looked for with pings"
        case .arpSweep: "Hosts looked for with ARP"
        case .neighbourSweep: "Hosts looked for with neighbour solicitations"
        case .synFlood: "Connections begun in masses and left half open"
        case .tcpFlood: "TCP packets in masses without a connection"
        case .udpFlood: "UDP in masses"
        case .icmpFlood: "Pings in masses"
        case .land: "Connection from an address to itself"
        case .reflection: "Answers in masses to connections that nobody asked for"
        case .forgedSource: "Packets with somebody else's address"
        case .arpTakeover: "An address claimed by two, with ARP"
        case .neighbourTakeover: "An address claimed by two, with neighbour advertisements"
        case .rogueRouter: "A router that should be none"
        case .rogueDHCP: "A DHCP server that should be none"
        }
    }

    /// The value of `rule.category`.
    package var category: String {
        switch self {
        case .verticalScan, .horizontalScan, .blockScan, .pingSweep, .arpSweep, .neighbourSweep: "scan"
        case .synFlood, .tcpFlood, .udpFlood, .icmpFlood, .land, .reflection: "flood"
        case .forgedSource, .arpTakeover, .neighbourTakeover: "spoofing"
        case .rogueRouter, .rogueDHCP: "rogue"
        }
    }

    /// Of MITRE's ATT&CK.
    package var technique: String {
        switch self {
        case .verticalScan, .horizontalScan, .blockScan: "T1046"
        case .pingSweep, .arpSweep, .neighbourSweep: "T1018"
        case .synFlood, .tcpFlood: "T1499.001"
        case .udpFlood, .icmpFlood: "T1498.001"
        case .reflection: "T1498.002"
        case .land: "T1499.004"
        case .forgedSource: "T1036"
        case .arpTakeover: "T1557.002"
        case .neighbourTakeover, .rogueRouter: "T1557"
        case .rogueDHCP: "T1557.003"
        }
    }

    /// 0 to 100, of a subject that is one of ours.
    var severity: Int {
        switch self {
        case .verticalScan, .horizontalScan, .blockScan: 70
        case .pingSweep, .arpSweep, .neighbourSweep: 50
        case .synFlood, .tcpFlood, .udpFlood, .icmpFlood, .reflection: 75
        case .land: 70
        case .forgedSource, .arpTakeover, .neighbourTakeover: 75
        case .rogueRouter, .rogueDHCP: 75
        }
    }
}
