import Addressing
import Flows
import Policy
import Testing

@testable import Detection

/// What a policy says of scans and floods is what counts.
@Suite("Thresholds of scans and floods")
struct ContactThresholdTests {
    private let scanner = Stream.pod("scanner", "10.0.0.9")
    private let web = Stream.pod("web", "10.0.0.2")

    private func stream(_ detector: String, _ values: [String: Int]) -> Stream {
        Stream(
            resolvers: [],
            thresholds: Dictionary(uniqueKeysWithValues: values.map { (ThresholdKey(detector, $0.key), $0.value) })
        )
    }

    /// How many ports of a host it takes, one each so many seconds.
    private func ports(_ values: [String: Int], every seconds: Double = 0.01) -> Int? {
        var stream = stream("scan", values)
        for port in 1...200 as ClosedRange<UInt16> {
            stream.attempt(scanner, "10.0.0.1", port, at: Double(port) * seconds, .refusal)
        }
        return stream.contactsAtFirst
    }

    @Test func soManyFailuresMakeAScanner() {
        #expect(ports([:]) == 5)
        #expect(ports(["failures": 12]) == 12)
        // Beyond, others decide.
        #expect(ports(["failures": 50]) == 15)
        #expect(ports(["failures": 50, "ports": 40]) == 40)
        #expect(ports(["failures": 50, "ports": 64, "slow": 1000]) == 50)
    }

    @Test func whoIsSlowIsFoundByTheDay() {
        let others = ["failures": 50, "ports": 64, "hosts": 64]
        #expect(ports(others.merging(["slow": 20]) { $1 }, every: 400) == 20)
        #expect(ports(others, every: 400) == 40)
        // In a longer window there are as many as are too many.
        #expect(ports(["failures": 50, "slow": 1000, "ports": 9, "window": 3600], every: 400) == 9)
        // Each hour takes a step back.
        #expect(ports(["failures": 50, "slow": 1000, "ports": 9, "window": 300], every: 400) == 56)
    }

    @Test func hostsOfOnePortCountByThemselves() {
        func hosts(_ values: [String: Int]) -> Int? {
            var stream = stream("scan", values)
            for host in 1...100 { stream.attempt(scanner, "10.0.1.\(host)", 22, at: Double(host) * 0.1, .refusal) }
            return stream.contactsAtFirst
        }
        #expect(hosts(["failures": 50]) == 25)
        #expect(hosts(["failures": 50, "hosts": 33]) == 33)
    }

    /// Connections of strangers that nobody answers, at once; what is told of first.
    private func flood(_ values: [String: Int], opening: Opening = .syn, after connections: Int = 0) -> Alert? {
        var stream = stream("flood", values)
        for number in 0..<connections {
            let fact = stream.begin(Stream.stranger(number), web, 80, at: Double(number))
            stream.end(fact, at: Double(number) + 0.1, .sf, packets: (5, 5))
        }
        for number in 0..<3000 {
            // What answers comes back to the victim.
            let (source, target) = opening == .synAck ? (web, Stream.stranger(number)) : (Stream.stranger(number), web)
            stream.begin(source, target, 80, at: 100 + Double(number) * 0.001, opening: opening)
        }
        stream.pass(to: 110)
        return stream.alerts.first { $0.rule.rawValue.hasPrefix("flood.") }
    }

    @Test(
        arguments: [
            ("syn", Opening.syn, "flood.syn", 150), ("udp", .datagram, "flood.udp", 1500),
            ("tcp", .fin, "flood.tcp", 300),
            ("icmp", .echo, "flood.icmp", 300), ("reflection", .synAck, "flood.reflection", 300),
        ] as [(String, Opening, String, Int)]
    )
    func eachKindHasItsOwnFloor(name: String, opening: Opening, rule: String, own: Int) {
        let usual = flood([:], opening: opening)
        #expect(usual?.rule.rawValue == rule && usual?.count == own)
        let others = ["syn", "udp", "tcp", "icmp", "reflection"].filter { $0 != name }
        let same = flood(Dictionary(uniqueKeysWithValues: others.map { ($0, 1_000_000) }), opening: opening)
        #expect(same?.count == own)
        #expect(flood([name: 200], opening: opening)?.count == 200)
        #expect(flood([name: 1_000_000], opening: opening) == nil)
    }

    @Test func whereSomethingSucceededBeforeItTakesMore() {
        #expect(flood([:], after: 3)?.count == 600)
        #expect(flood(["trust": 1], after: 3)?.count == 150)
        #expect(flood(["trust": 10], after: 3)?.count == 1500)
    }

    /// The thresholds that a policy may name are those that count.
    @Test func theCatalogHasThem() {
        #expect(
            Detectors.catalog.thresholds["scan"]?.keys.sorted() == ["failures", "hosts", "ports", "slow", "window"]
        )
        #expect(
            Detectors.catalog.thresholds["flood"]?.keys.sorted()
                == ["icmp", "reflection", "syn", "tcp", "trust", "udp"]
        )
    }

    /// Another policy counts from then on, and what was seen is not forgotten.
    @Test func anotherPolicyCountsAtOnce() {
        var stream = stream("scan", ["failures": 12])
        for port in 1...8 as ClosedRange<UInt16> {
            stream.attempt(scanner, "10.0.0.1", port, at: Double(port), .refusal)
        }
        #expect(stream.alerts.isEmpty)
        stream.detectors.apply(CompiledPolicy(DeclaredPolicy()), baseline: nil)
        stream.attempt(scanner, "10.0.0.1", 9, at: 9, .refusal)
        #expect(stream.contactsAtFirst == 9)
    }
}
