import Addressing
import Containers
import Policy
import Testing
import Wire

@testable import Detection

@Suite("Data in names")
struct NamesTunnelTests {
    private let bot = Stream.pod("bot", "10.0.0.9")

    private func tunnel(_ type: DNSRecordType, octets: Int, every seconds: Double, length: Int = 300) -> Stream {
        var stream = Stream()
        for number in 0..<400 {
            let name = "\(Stream.payload(octets, number)).t.evil.com"
            stream.resolve(name, type, for: bot, length: length, at: Double(number) * seconds)
        }
        return stream
    }

    @Test(arguments: [
        (DNSRecordType.null, 200), (.txt, 60), (.cname, 60), (DNSRecordType(rawValue: 15), 34), (.a, 180), (.aaaa, 60),
    ])
    func areFoundOfAllTypes(type: DNSRecordType, octets: Int) {
        let stream = tunnel(type, octets: octets, every: 1)
        #expect(Set(stream.rules) == ["dns.tunnel"])
        #expect(stream.alerts.first?.severity == 80)
        #expect(stream.alerts.first?.source.name == "bot" && stream.alerts.first?.destination == nil)
        // Sixteen names at least, and then 2560 octets, in labels of which a few are taken for old ones.
        let needed = max(16, 2560 / octets + 1)
        #expect(stream.alerts.first.map { needed...(needed + needed / 5) ~= $0.count } == true)
        #expect(stream.alerts.first?.message.contains(" names of evil.com ") == true)
        #expect(stream.alerts.first?.evidence.count == 16)
    }

    /// Seven tenths of a byte a second, as the literature has it.
    @Test func aSlowOneIsFoundWithinItsHour() {
        let found = tunnel(.txt, octets: 30, every: 40, length: 120)
        #expect(found.alerts.first.map { $0.time.seconds < 3600 } == true)
        let slower = tunnel(.txt, octets: 30, every: 50, length: 120)
        #expect(slower.alerts.isEmpty)
    }

    @Test func withoutADomainTheyAreTakenTogether() {
        var stream = Stream()
        for number in 0..<100 {
            let digits = String(0x1234_5678_9abc_def0 &* UInt64(number + 3), radix: 16)
            stream.resolve("dnscat.\(digits)\(digits)9", .txt, for: bot, from: "192.0.2.7", at: Double(number))
        }
        #expect(stream.rules.first == "dns.tunnel")
        #expect(stream.alerts.first?.message.contains("no domain, at 192.0.2.7") == true)
    }

    /// Octets that cannot be seen count once each, and a dot within a label is no end of it.
    @Test func rawOctetsAreCountedAsTheyWere() {
        var channel = NameChannel(Stream.time(0))
        let answer = NameAnswer(
            #"a\200\201\.b.evil.com"#,
            type: .null,
            code: .noError,
            length: 100,
            answers: 1,
            for: bot,
            from: Stream.host("10.0.0.53"),
            at: Stream.time(0)
        )
        let name = QuestionName(answer.name)
        channel.add(answer, name)
        #expect(name.domain == "evil.com" && name.labels == 3)
        #expect(channel.carried == 5 && channel.names == 1)
        // Again, it is nothing new.
        channel.add(answer, name)
        #expect(channel.carried == 5 && channel.names == 1)
        // A number carries half as much.
        channel.add(answer, QuestionName("1234.evil.com"))
        #expect(channel.carried == 7 && channel.names == 2)
    }

    /// Much comes back to short questions.
    @Test func whatIsFetchedIsFoundToo() {
        var stream = Stream()
        for number in 0..<200 {
            stream.resolve("\(number).stage.evil.com", .txt, for: bot, length: 300, at: Double(number))
        }
        #expect(stream.rules.first == "dns.tunnel")
        #expect(stream.alerts.first.map { $0.count < 80 } == true)
    }

    @Test func thresholdsAreThePolicys() {
        var stream = Stream(
            resolvers: [],
            thresholds: [ThresholdKey("dns", "subdomains"): 4, ThresholdKey("dns", "carried"): 256]
        )
        for number in 0..<6 { stream.resolve("\(Stream.payload(60, number)).evil.com", .txt, for: bot, at: 1) }
        #expect(stream.alerts.first?.count == 5)
    }

    @Test func ofSomebodyOutsideItIsLow() {
        let stranger = Party(Stream.host("198.51.100.5"), kind: .outside)
        var stream = Stream()
        for number in 0..<30 {
            stream.resolve("\(Stream.payload(180, number)).ours.org", for: stranger, at: Double(number))
        }
        #expect(stream.alerts.map(\.severity) == [30])
    }
}
