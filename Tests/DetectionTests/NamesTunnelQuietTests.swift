import Addressing
import Testing
import Wire

@testable import Detection

/// Names in masses that carry nothing.
@Suite("No data in names")
struct NamesTunnelQuietTests {
    private let client = Stream.pod("client", "10.0.0.9")

    /// Hosts of a network that delivers for others: short random names, for addresses.
    @Test func hostsOfCDNs() {
        var stream = Stream()
        for number in 0..<3000 {
            stream.resolve(
                "d\(Stream.payload(13, number)).cloudfront.net",
                for: client,
                length: 300,
                at: Double(number)
            )
            stream.resolve("\(Stream.payload(13, number)).cloudfront.net", .aaaa, for: client, at: Double(number))
        }
        #expect(stream.alerts.isEmpty)
    }

    /// Hashes of files, looked up with a vendor: 900 in an hour.
    @Test func hashesOfAntivirus() {
        var stream = Stream()
        for number in 0..<900 {
            stream.resolve("\(Stream.payload(40, number)).avqs.vendor.com", for: client, at: Double(number) * 4)
        }
        #expect(stream.alerts.isEmpty)
    }

    @Test func blocklistsAndReverseLookups() {
        var stream = Stream()
        for number in 0..<20_000 {
            let (low, high) = (number * 7919 % 65_536, number * 104_729 % 65_536)
            let reversed = "\(low & 255).\(low >> 8).\(high & 255).\(high >> 8)"
            let now = Double(number) * 0.1
            stream.resolve("\(reversed).zen.blocklist.org", .a, .nameError, for: client, at: now)
            stream.resolve("\(reversed).zen.blocklist.org", .txt, .nameError, for: client, at: now)
            stream.resolve("\(reversed).in-addr.arpa", .ptr, for: client, at: now)
            let digits = String(UInt64(low) << 16 | UInt64(high) | 1 << 60, radix: 16)
            let nibbles = (digits + digits).map(String.init).joined(separator: ".")
            stream.resolve("\(nibbles).ip6.arpa", .ptr, .nameError, for: client, at: now)
        }
        #expect(stream.alerts.isEmpty)
    }

    /// A cluster's services, and what its search path makes of names outside.
    @Test func servicesOfAClusterAndItsSearchPath() {
        var stream = Stream()
        for number in 0..<2000 {
            let now = Double(number)
            stream.resolve("service-\(number % 300).shop.svc.cluster.local", for: client, at: now)
            stream.resolve(
                "_http._tcp.service-\(number % 30).shop.svc.cluster.local",
                .srv,
                for: client,
                length: 900,
                at: now
            )
            let host = "\(Stream.payload(56, number)).site\(number).com"
            for suffix in ["default.svc.cluster.local", "svc.cluster.local", "cluster.local"] {
                stream.resolve("\(host).\(suffix)", .a, .nameError, for: client, at: now)
            }
            stream.resolve(host, for: client, at: now)
        }
        #expect(stream.alerts.isEmpty)
    }

    /// Text records of mail: a few of each of many domains.
    @Test func mailServers() {
        var stream = Stream()
        for number in 0..<2000 {
            let domain = "\(Stream.payload(9, number)).com"
            for name in [domain, "_dmarc.\(domain)", "selector1-\(number)._domainkey.\(domain)"] {
                stream.resolve(name, .txt, for: client, length: 400, at: Double(number))
            }
        }
        #expect(stream.alerts.isEmpty)
    }

    @Test func whatIsAskedAgainAndAgain() {
        var stream = Stream()
        for number in 0..<5000 {
            stream.resolve(
                "\(Stream.payload(120, number % 8)).vendor.com",
                .txt,
                for: client,
                length: 500,
                at: Double(number)
            )
        }
        #expect(stream.alerts.isEmpty)
    }
}
