import Addressing
import Testing
import Wire

@testable import Detection

@Suite("Domains that are not there")
struct NamesMissingTests {
    private let bot = Stream.pod("bot", "10.0.0.9")

    @Test func madeUpDomainsAreFound() {
        var stream = Stream()
        for number in 0..<100 {
            stream.resolve(
                "\(Stream.payload(14, number)).\(number % 2 == 0 ? "com" : "co.uk")",
                .a,
                .nameError,
                for: bot,
                at: Double(number)
            )
        }
        #expect(stream.rules == ["dns.nxdomain"])
        #expect(stream.alerts.first?.count == 30 && stream.alerts.first?.evidence.count == 16)
        #expect(stream.alerts.first?.severity == 65)
    }

    @Test func oneThatIsThereAmongThemDoesNotHideThem() {
        var stream = Stream()
        for number in 0..<40 {
            stream.resolve("\(Stream.payload(14, number)).net", .a, .nameError, for: bot, at: Double(number))
            stream.resolve("www.site\(number / 2).org", for: bot, at: Double(number))
        }
        #expect(stream.rules == ["dns.nxdomain"])
    }

    /// A cluster with `ndots:5`: each name outside is tried with three suffixes and the host's, and only then as it is.
    @Test func theSearchPathOfAClusterIsLeftAlone() {
        var stream = Stream()
        for number in 0..<1000 {
            let host = "api.partner\(number).com"
            for suffix in [
                "shop.svc.cluster.local", "svc.cluster.local", "cluster.local", "eu-west-1.compute.internal",
            ] {
                stream.resolve("\(host).\(suffix)", .a, .nameError, for: bot, at: Double(number))
                stream.resolve("\(host).\(suffix)", .aaaa, .nameError, for: bot, at: Double(number))
            }
            stream.resolve(host, for: bot, at: Double(number))
        }
        #expect(stream.alerts.isEmpty)
    }

    /// A suffix of one label makes a domain of the last label of each name: the name itself comes next, or is known to be there.
    @Test func aSuffixOfOneLabelIsWithdrawn() {
        var stream = Stream()
        for number in 0..<100 {
            stream.resolve("server\(number).acme", .a, .nameError, for: bot, at: Double(number))
            stream.resolve("server\(number)", .a, for: bot, at: Double(number))
        }
        #expect(stream.alerts.isEmpty)
    }

    @Test func innerNamesSingleLabelsAndReverseZonesAreLeftAlone() {
        var stream = Stream()
        for number in 0..<300 {
            let now = Double(number)
            for name in [
                "printer\(number).local", "host\(number)", "h\(number).lan", "\(number % 256).2.0.192.in-addr.arpa",
            ] {
                stream.resolve(name, .a, .nameError, for: bot, at: now)
            }
            // Hosts of one domain, and one domain asked for again.
            stream.resolve("gone\(number).example-shop.com", .a, .nameError, for: bot, at: now)
        }
        #expect(stream.alerts.isEmpty)
    }

    @Test func whoFindsMoreThanIsMissingIsLeftAlone() {
        var stream = Stream()
        for number in 0..<400 {
            stream.resolve("site\(number).com", for: bot, at: Double(number))
            if number % 4 == 0 { stream.resolve("gone\(number).com", .a, .nameError, for: bot, at: Double(number)) }
            // One of a domain of which others are there.
            stream.resolve("old.site\(number).com", .a, .nameError, for: bot, at: Double(number))
        }
        #expect(stream.alerts.isEmpty)
    }

    @Test func slowlyIsNotFound() {
        var stream = Stream()
        for number in 0..<200 {
            stream.resolve("\(Stream.payload(14, number)).com", .a, .nameError, for: bot, at: Double(number) * 25)
        }
        #expect(stream.alerts.isEmpty)
    }

    @Test func clientsAreJudgedEachByItself() {
        var stream = Stream()
        for number in 0..<200 {
            let client = Stream.pod("c\(number % 10)", "10.0.1.\(number % 10)")
            stream.resolve("\(Stream.payload(14, number)).com", .a, .nameError, for: client, at: Double(number))
        }
        #expect(stream.alerts.isEmpty)
    }
}
