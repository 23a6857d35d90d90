import Addressing
import Flows
import Policy
import Testing
import Wire

@testable import Detection

@Suite("Bounds and rules of names")
struct NamesBoundsTests {
    @Test func clientsAndDomainsAreBounded() {
        var (tunnels, missing) = (DNSTunnelDetector(Thresholds()), MissingNameDetector(Thresholds()))
        var alerts: [Alert] = []
        for number in 0..<10_000 {
            let answer = NameAnswer(
                "a\(number).domain\(number).com",
                type: .a,
                code: .nameError,
                length: 100,
                answers: 0,
                for: Stream.stranger(number),
                from: Stream.host("10.0.0.53"),
                at: Stream.time(Double(number))
            )
            tunnels.take(answer, QuestionName(answer.name), to: &alerts)
            missing.take(answer, QuestionName(answer.name), to: &alerts)
        }
        #expect(tunnels.remembered == DNSTunnelDetector.limit && missing.remembered == MissingNameDetector.limit)
        #expect(alerts.isEmpty)
    }

    /// What others do in between changes nothing, nor when it is said that time passed.
    @Test func findingsDependOnTheClientAlone() {
        func run(noise: Int, advances: Bool) -> [String] {
            var stream = Stream()
            let bot = Stream.pod("bot", "10.0.0.9")
            for number in 0..<60 {
                let now = Double(number) * 3
                stream.resolve("\(Stream.payload(70, number)).evil.com", .txt, for: bot, at: now)
                stream.resolve("\(Stream.payload(12, number)).com", .a, .nameError, for: bot, at: now)
                for other in 0..<noise {
                    stream.resolve("www.site\(other).org", for: Stream.pod("p\(other)", "10.0.1.\(other)"), at: now)
                }
                if advances { stream.pass(to: now + 1) }
            }
            return stream.alerts.map { "\($0.time.nanoseconds) \($0.rule.rawValue) \($0.count) \($0.message)" }
        }
        let alone = run(noise: 0, advances: false)
        #expect(alone.count == 2)
        #expect(run(noise: 20, advances: false) == alone)
        #expect(run(noise: 20, advances: true) == alone)
    }

    @Test(arguments: [
        ("www.example.com", "example.com", 1), ("a.b.example.co.uk", "example.co.uk", 2),
        ("example.co.uk", "example.co.uk", 0),
        ("co.uk", "co.uk", 0), ("a.com.de", "a.com.de", 0), ("x.xn--p1ai", "x.xn--p1ai", 0),
        ("4.3.2.1.in-addr.arpa", "in-addr.arpa", 4),
        ("localhost", "", 1), ("dnscat.0123", "", 2), (".", "", 2), ("", "", 1),
        (#"a\.b.example.com"#, "example.com", 1),
        ("a.b\\", "", 2),
    ])
    func domainsAreTakenByRuleOfThumb(name: String, domain: String, before: Int) {
        let parts = QuestionName(name)
        #expect(parts.domain == domain)
        #expect(parts.labels - parts.domainLabels == before)
    }

    @Test func sketchesMissFew() {
        var sketch = NameSketch()
        var fresh = 0
        for number in 0..<1000 {
            if sketch.insert(QuestionName("\(number)").hash) { fresh += 1 }
        }
        #expect((760...830).contains(fresh))
        let old = (0..<1000).count { sketch.contains(QuestionName("\($0)").hash) }
        #expect(old == 1000)
    }

    /// Each threshold at its most is more than what is found without one.
    @Test func allThresholdsAreRead() {
        #expect(NameDetectors.thresholds.values.map(\.count).sorted() == [1, 2, 2, 2, 4])
        let bot = Stream.pod("bot", "10.0.0.9")
        func found(_ detector: String, _ name: String, _ run: (inout Stream) -> Void) -> [Int] {
            let bounds = NameDetectors.thresholds[detector]?[name]?.bounds
            return [bounds?.lowerBound, bounds?.upperBound].map { bound in
                var stream = Stream(resolvers: [], thresholds: [ThresholdKey(detector, name): bound ?? 0])
                run(&stream)
                return stream.alerts.count
            }
        }
        func tunnel(_ stream: inout Stream) {
            for number in 0..<40 {
                stream.resolve("\(Stream.payload(100, number)).a.com", .srv, for: bot, at: Double(number) * 80)
            }
        }
        #expect(found("dns", "subdomains", tunnel).last == 0)
        #expect(found("dns", "carried", tunnel).last == 0)
        #expect(found("dns", "window", tunnel) == [0, 1])
        let fetched = found("dns", "returned") { stream in
            for number in 0..<90 { stream.resolve("\(number).a.com", .txt, for: bot, length: 300, at: Double(number)) }
        }
        #expect(fetched == [1, 0])
        func miss(_ stream: inout Stream) {
            for number in 0..<40 {
                stream.resolve("\(Stream.payload(9, number)).com", .a, .nameError, for: bot, at: Double(number) * 5)
            }
        }
        #expect(found("nxdomain", "domains", miss).last == 0)
        #expect(found("nxdomain", "window", miss) == [0, 1])
        func ping(_ stream: inout Stream) {
            let peer = Party(Stream.host("10.0.0.8"))
            stream.converse(
                bot,
                peer,
                0,
                at: 1,
                lasting: 10,
                opening: .echo,
                packets: (400, 400),
                bytes: (400_000, 400_000)
            )
        }
        #expect(found("icmp", "packets", ping) == [1, 0] && found("icmp", "rate", ping) == [1, 0])
        func answer(_ stream: inout Stream) {
            for number in 0..<400 {
                let server = Stream.stranger(number)
                stream.converse(bot, server, 123, at: 1, lasting: 0, opening: .answer, packets: (0, 1), bytes: (0, 468))
            }
        }
        #expect(found("amplification", "answers", answer) == [1, 0])
    }

    /// One flow that carries all of it is named once.
    @Test func evidenceNamesAFlowInARowOnce() {
        var evidence = Evidence()
        for bits in [1, 1, 2, 2, 1] as [UInt64] { evidence.add(FlowIdentifier(bits: bits)) }
        #expect(evidence.ordered.map(\.bits) == [1, 2, 1])
    }

    @Test func tunnelsToTwoDomainsAreCountedApart() {
        var stream = Stream()
        let bot = Stream.pod("bot", "10.0.0.9")
        for number in 0..<30 {
            stream.resolve("\(Stream.payload(60, number)).one\(number % 2).com", .txt, for: bot, at: Double(number))
        }
        #expect(stream.alerts.isEmpty)
    }
}
