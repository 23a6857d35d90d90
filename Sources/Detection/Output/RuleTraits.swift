/// What is known of a rule besides its identifier.
struct RuleTraits {
    var name: String
    var technique: String
    var severity: Int

    init(_ name: String, _ technique: String, _ severity: Int) {
        self.name = name
        self.technique = technique
        self.severity = severity
    }
}

extension Rule {
    var traits: RuleTraits {
        switch self {
        case .verticalScan: RuleTraits("Ports of one host tried", "T1046", 70)
        case .horizontalScan: RuleTraits("One port of many hosts tried", "T1046", 70)
        case .blockScan: RuleTraits("Ports of many hosts tried", "T1046", 70)
        case .pingSweep: RuleTraits("Hosts looked for with pings", "T1018", 50)
        case .arpSweep: RuleTraits("Hosts looked for with ARP", "T1018", 50)
        case .neighbourSweep: RuleTraits("Hosts looked for with neighbour solicitations", "T1018", 50)
        case .undeclaredCrossing: RuleTraits("Levels of sensitivity crossed without an interface", "T1021", 80)
        case .undeclaredEgress: RuleTraits("A way outside that nobody declared", "T1041", 60)
        case .listedDestination: RuleTraits("A destination on a feed of dangerous ones", "T1071", 85)
        case .cloudMetadata: RuleTraits("A cloud's metadata service asked", "T1552.005", 60)
        case .miningPool: RuleTraits("A mining pool's protocol spoken", "T1496.001", 85)
        case .plaintextManagement: RuleTraits("A management port used in the clear", "T1040", 65)
        case .plaintextRegistry: RuleTraits("An image asked for in the clear", "T1195.002", 55)
        case .plaintextCrossing: RuleTraits("Plaintext across levels or hosts", "T1040", 30)
        case .newDestination: RuleTraits("A destination the profile has not", "T1071", 50)
        case .newService: RuleTraits("A service asked for that the profile has not", "T1046", 50)
        case .newName: RuleTraits("A name looked up that the profile has not", "T1071.004", 40)
        case .newFanOut: RuleTraits("More peers than the profile has", "T1018", 45)
        case .newProfileListener: RuleTraits("A listener the profile has not", "T1571", 55)
        case .newListener: RuleTraits("A listener that was not there when its container settled", "T1571", 30)
        case .sshListener: RuleTraits("A remote shell listening in a container", "T1021.004", 60)
        case .unapprovedImage: RuleTraits("A container of an image that is not approved", "T1610", 70)
        case .rogueRouter: RuleTraits("A router that should be none", "T1557", 75)
        case .rogueDHCP: RuleTraits("A DHCP server that should be none", "T1557.003", 75)
        case .synFlood: RuleTraits("Connections begun in masses and left half open", "T1499.001", 75)
        case .tcpFlood: RuleTraits("TCP packets in masses without a connection", "T1499.001", 75)
        case .udpFlood: RuleTraits("UDP in masses", "T1498.001", 75)
        case .icmpFlood: RuleTraits("Pings in masses", "T1498.001", 75)
        case .land: RuleTraits("Connection from an address to itself", "T1499.004", 70)
        case .reflection: RuleTraits("Answers in masses to connections that nobody asked for", "T1498.002", 75)
        case .amplification:
            RuleTraits("Answers in masses that nobody asked for, or far larger than what asked", "T1498.002", 75)
        case .dnsTunnel: RuleTraits("Data carried in names that are looked up", "T1071.004", 80)
        case .missingNames: RuleTraits("Names looked up in masses that are not there", "T1568.002", 65)
        case .foreignResolver: RuleTraits("Names asked of a foreign resolver", "T1071.004", 50)
        case .encryptedResolver: RuleTraits("Names asked of a public resolver, encrypted", "T1572", 50)
        case .icmpTunnel: RuleTraits("Data carried in pings", "T1095", 80)
        case .beacon: RuleTraits("Calls that come back by the clock", "T1071", 60)
        case .exfiltration: RuleTraits("Far more sent outside than ever before", "T1048", 70)
        case .forgedSource: RuleTraits("Packets with somebody else's address", "T1036", 75)
        case .arpTakeover: RuleTraits("An address claimed by two, with ARP", "T1557.002", 75)
        case .neighbourTakeover: RuleTraits("An address claimed by two, with neighbour advertisements", "T1557", 75)
        case .strangeTunnelEnd: RuleTraits("Tunnelled packets from no known tunnel end", "T1599", 80)
        case .strangeInnerSource: RuleTraits("Tunnelled packets whose inner sender lives elsewhere", "T1599", 80)
        case .mixedLevels: RuleTraits("Containers of several levels on one host", "T1610", 20)
        case .mixedWorkloads: RuleTraits("Other workloads beside containers on one host", "T1610", 15)
        case .encryptedOverlay: RuleTraits("An overlay that is encrypted, into which nobody sees", "T1572", 20)
        }
    }
}
