/// What may be found. Its identifier is stable: policies, alerts and their readers go by it.
package enum Rule: String, Hashable, Sendable, CaseIterable {
    case verticalScan = "scan.vertical"
    case horizontalScan = "scan.horizontal"
    case blockScan = "scan.block"
    case pingSweep = "sweep.ping"
    case arpSweep = "sweep.arp"
    case neighbourSweep = "sweep.nd"

    case undeclaredCrossing = "crossing.undeclared"
    case undeclaredEgress = "egress.undeclared"
    case listedDestination = "destination.listed"
    case cloudMetadata = "destination.metadata"
    case miningPool = "destination.mining"

    case plaintextManagement = "plaintext.management"
    case plaintextRegistry = "plaintext.registry"
    case plaintextCrossing = "plaintext.crossing"

    case newDestination = "baseline.destination"
    case newService = "baseline.service"
    case newName = "baseline.name"
    case newFanOut = "baseline.fanout"
    case newProfileListener = "baseline.listener"

    case newListener = "listener.new"
    case sshListener = "listener.ssh"

    case unapprovedImage = "rogue.image"
    case rogueRouter = "rogue.router"
    case rogueDHCP = "rogue.dhcp"

    case synFlood = "flood.syn"
    case tcpFlood = "flood.tcp"
    case udpFlood = "flood.udp"
    case icmpFlood = "flood.icmp"
    case land = "flood.land"
    case reflection = "flood.reflection"
    case amplification = "amplification.answers"

    case dnsTunnel = "dns.tunnel"
    case missingNames = "dns.nxdomain"
    case foreignResolver = "dns.resolver"
    case encryptedResolver = "dns.encrypted"
    case icmpTunnel = "tunnel.icmp"

    case beacon = "beacon.periodic"
    case exfiltration = "exfiltration.volume"

    case forgedSource = "spoofing.source"
    case arpTakeover = "spoofing.arp"
    case neighbourTakeover = "spoofing.nd"

    case strangeTunnelEnd = "overlay.sender"
    case strangeInnerSource = "overlay.source"

    case mixedLevels = "audit.levels"
    case mixedWorkloads = "audit.workloads"
    case encryptedOverlay = "blind_spot.overlay"

    /// The value of `rule.category`: the first word of the identifier, but for sweeps, which are scans.
    package var category: String {
        let word = rawValue.prefix { $0 != "." }
        return word == "sweep" ? "scan" : String(word)
    }

    /// What people call it.
    package var name: String { traits.name }

    /// Of MITRE's ATT&CK.
    package var technique: String { traits.technique }

    /// 0 to 100, of a subject that is one of ours.
    var severity: Int { traits.severity }
}
