import Addressing

/// Resolvers that serve everybody over HTTPS, by the addresses and the names that their operators publish: the best known, as of
/// 2026. Whoever runs one of his own, or behind a web server that has other sites, is not among them.
enum PublicResolvers {
    static func has(_ address: IPAddress) -> Bool { addresses.contains(address) }

    /// Whether a name is one of them or lies below one.
    static func has(name: String) -> Bool {
        var rest = name.lowercased()[...]
        if rest.last == "." { rest.removeLast() }
        while true {
            if names.contains(String(rest)) { return true }
            guard let dot = rest.firstIndex(of: ".") else { return false }
            rest = rest[rest.index(after: dot)...]
        }
    }

    private static let addresses = Set(
        [
            // Google.
            "8.8.8.8", "8.8.4.4", "2001:4860:4860::8888", "2001:4860:4860::8844",
            // Cloudflare, also with filters.
            "1.1.1.1", "1.0.0.1", "1.1.1.2", "1.0.0.2", "1.1.1.3", "1.0.0.3", "2606:4700:4700::1111",
            "2606:4700:4700::1001",
            // Quad9.
            "9.9.9.9", "149.112.112.112", "9.9.9.10", "149.112.112.10", "9.9.9.11", "149.112.112.11", "2620:fe::fe",
            "2620:fe::9",
            // OpenDNS.
            "208.67.222.222", "208.67.220.220", "2620:119:35::35", "2620:119:53::53",
            // AdGuard.
            "94.140.14.14", "94.140.15.15", "94.140.14.140", "94.140.14.141", "2a10:50c0::ad1:ff", "2a10:50c0::ad2:ff",
            // CleanBrowsing, Mullvad, DNS.SB.
            "185.228.168.9", "185.228.169.9", "194.242.2.2", "185.222.222.222", "45.11.45.11",
            // AliDNS, DNSPod.
            "223.5.5.5", "223.6.6.6", "119.29.29.29", "1.12.12.12",
        ].compactMap { IPAddress($0) }
    )

    private static let names: Set<String> = [
        "dns.google", "dns64.dns.google", "cloudflare-dns.com", "one.one.one.one", "quad9.net", "opendns.com",
        "adguard-dns.com", "dns.adguard.com", "nextdns.io", "cleanbrowsing.org", "dns.mullvad.net", "doh.dns.sb",
        "dot.sb", "alidns.com", "doh.pub", "dot.pub", "dns0.eu", "controld.com", "doh.dns.apple.com",
        "dns.umbrella.com",
        "dns.switch.ch", "doh.libredns.gr", "dns.digitale-gesellschaft.ch", "doh.li", "dns.njal.la",
        "freedns.controld.com",
    ]
}
