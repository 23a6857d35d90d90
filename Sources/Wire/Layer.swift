/// The protocols whose headers we read, for counting what could not be read.
///
/// The raw values are indices into tables of counters and never leave the process.
@frozen public enum Layer: UInt8, CaseIterable, Sendable {
    // Links.
    case ethernet, sll, sll2, null, ppp, hdlc, nflog, radiotap, ieee80211, fddi, pktap
    // Between link and network.
    case vlan, pbb, vntag, etag, llc, mpls, pppoe, nsh, arp
    // Network.
    case ipv4, ipv6, hopByHop, routing, destination, fragment, mobility, ah
    // Transport.
    case tcp, udp, udplite, sctp, icmp, icmpv6, igmp
    // Tunnels.
    case vxlan, vxlanGPE, geneve, gre, erspan, pptp, l2tp, gtpu, teredo
    // Applications.
    case dns, tls, http, ssh, quic, dhcp
}

extension Layer: CustomStringConvertible {
    /// The name in records: lower case, as tools of this field write it.
    public var description: String {
        switch self {
        case .vxlanGPE: "vxlan-gpe"
        case .hopByHop: "ipv6-hopopts"
        case .routing: "ipv6-route"
        case .destination: "ipv6-dstopts"
        case .fragment: "ipv6-frag"
        case .mobility: "ipv6-mobility"
        case .ieee80211: "802.11"
        default: "\(rawName)"
        }
    }

    private var rawName: String { String(reflecting: self).split(separator: ".").last.map(String.init) ?? "" }
}
