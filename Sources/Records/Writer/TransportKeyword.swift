/// IANA's keyword for the protocol an IP packet carries, in lower case; the value of `network.transport`.
package enum TransportKeyword {
    /// The keyword for a number; nil when IANA has none.
    package static func of(_ number: UInt8) -> String? {
        Int(number) < keywords.count ? keywords[Int(number)] : nil
    }

    /// The number for a keyword; nil when IANA has none.
    package static func number(of keyword: String) -> UInt8? {
        keywords.firstIndex(of: keyword).flatMap { UInt8(exactly: $0) }
    }

    /// All keywords, in the order of their numbers.
    package static var all: [String] { keywords.compactMap(\.self) }

    /// By number: https://www.iana.org/assignments/protocol-numbers, as of 2024. Remarks such as "deprecated" left out.
    private static let keywords: [String?] = [
        "hopopt", "icmp", "igmp", "ggp", "ipv4", "st", "tcp", "cbt", "egp", "igp", "bbn-rcc-mon", "nvp-ii", "pup",
        "argus", "emcon", "xnet", "chaos", "udp", "mux", "dcn-meas", "hmp", "prm", "xns-idp", "trunk-1", "trunk-2",
        "leaf-1", "leaf-2", "rdp", "irtp", "iso-tp4", "netblt", "mfe-nsp", "merit-inp", "dccp", "3pc", "idpr",
        "xtp", "ddp", "idpr-cmtp", "tp++", "il", "ipv6", "sdrp", "ipv6-route", "ipv6-frag", "idrp", "rsvp", "gre",
        "dsr", "bna", "esp", "ah", "i-nlsp", "swipe", "narp", "min-ipv4", "tlsp", "skip", "ipv6-icmp",
        "ipv6-nonxt", "ipv6-opts", nil, "cftp", nil, "sat-expak", "kryptolan", "rvd", "ippc", nil, "sat-mon",
        "visa", "ipcv", "cpnx", "cphb", "wsn", "pvp", "br-sat-mon", "sun-nd", "wb-mon", "wb-expak", "iso-ip",
        "vmtp", "secure-vmtp", "vines", "iptm", "nsfnet-igp", "dgp", "tcf", "eigrp", "ospfigp", "sprite-rpc",
        "larp", "mtp", "ax.25", "ipip", "micp", "scc-sp", "etherip", "encap", nil, "gmtp", "ifmp", "pnni", "pim",
        "aris", "scps", "qnx", "a/n", "ipcomp", "snp", "compaq-peer", "ipx-in-ip", "vrrp", "pgm", nil, "l2tp",
        "ddx", "iatp", "stp", "srp", "uti", "smp", "sm", "ptp", "isis over ipv4", "fire", "crtp", "crudp",
        "sscopmce", "iplt", "sps", "pipe", "sctp", "fc", "rsvp-e2e-ignore", "mobility header", "udplite",
        "mpls-in-ip", "manet", "hip", "shim6", "wesp", "rohc", "ethernet", "aggfrag", "nsh", "homa", "bit-emu",
    ]
}
