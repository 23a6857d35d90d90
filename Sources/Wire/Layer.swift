/// The protocols whose headers we read, for counting what could not be read.
///
/// The raw values are indices into tables of counters and never leave the process.
@frozen public enum Layer: UInt8, CaseIterable, Sendable {
    // Links.
    case ethernet, sll, sll2, null, ppp, hdlc, nflog, radiotap, ieee80211, fddi, pktap
    // Between link and network.
    case vlan, pbb, vntag, etag, cmd, llc, mpls, pppoe, nsh, arp
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
        case .ethernet: "ethernet"
        case .sll: "sll"
        case .sll2: "sll2"
        case .null: "null"
        case .ppp: "ppp"
        case .hdlc: "hdlc"
        case .nflog: "nflog"
        case .radiotap: "radiotap"
        case .ieee80211: "802.11"
        case .fddi: "fddi"
        case .pktap: "pktap"
        case .vlan: "vlan"
        case .pbb: "pbb"
        case .vntag: "vntag"
        case .etag: "etag"
        case .cmd: "cmd"
        case .llc: "llc"
        case .mpls: "mpls"
        case .pppoe: "pppoe"
        case .nsh: "nsh"
        case .arp: "arp"
        case .ipv4: "ipv4"
        case .ipv6: "ipv6"
        case .hopByHop: "ipv6-hopopts"
        case .routing: "ipv6-route"
        case .destination: "ipv6-dstopts"
        case .fragment: "ipv6-frag"
        case .mobility: "ipv6-mobility"
        case .ah: "ah"
        case .tcp: "tcp"
        case .udp: "udp"
        case .udplite: "udplite"
        case .sctp: "sctp"
        case .icmp: "icmp"
        case .icmpv6: "icmpv6"
        case .igmp: "igmp"
        case .vxlan: "vxlan"
        case .vxlanGPE: "vxlan-gpe"
        case .geneve: "geneve"
        case .gre: "gre"
        case .erspan: "erspan"
        case .pptp: "pptp"
        case .l2tp: "l2tp"
        case .gtpu: "gtp-u"
        case .teredo: "teredo"
        case .dns: "dns"
        case .tls: "tls"
        case .http: "http"
        case .ssh: "ssh"
        case .quic: "quic"
        case .dhcp: "dhcp"
        }
    }
}
