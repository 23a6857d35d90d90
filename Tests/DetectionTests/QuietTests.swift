import Addressing
import Containers
import Testing

@testable import Detection

/// What looks like a scan and is none.
@Suite("No scans")
struct QuietTests {
    private let client = Stream.pod("client", "10.0.0.9")

    @Test func whoScrapesManyThatAnswer() {
        var stream = Stream()
        for round in 0..<10 {
            for target in 0..<200 {
                let address = "10.1.\(target / 100).\(target % 100 + 1)"
                stream.attempt(client, address, 9100, at: Double(round * 30) + Double(target) * 0.001, .answer)
            }
        }
        stream.pass(to: 1000)
        #expect(stream.alerts.isEmpty)
    }

    @Test func whoTriesAgainWhatIsNotThere() {
        var stream = Stream()
        for second in 0..<600 {
            stream.attempt(client, "10.0.0.1", 5432, at: Double(second), second % 2 == 0 ? .silence : .refusal)
        }
        stream.pass(to: 1000)
        #expect(stream.alerts.isEmpty)
    }

    /// Backends that answered, and are stopped one after the other.
    @Test func whoAsksServicesThatWentAway() {
        var stream = Stream()
        let balancer = Stream.pod("balancer", "10.0.0.8")
        for backend in 1...50 { stream.attempt(balancer, "10.2.0.\(backend)", 8080, at: Double(backend), .answer) }
        for backend in 1...50 {
            stream.attempt(balancer, "10.2.0.\(backend)", 8080, at: 100 + Double(backend), .silence)
            stream.attempt(client, "10.2.0.\(backend)", 8080, at: 100.5 + Double(backend), .refusal)
        }
        stream.pass(to: 1000)
        #expect(stream.alerts.isEmpty)
    }

    @Test func traceroutesAndGroups() {
        var stream = Stream()
        for port in 33_434...33_523 as ClosedRange<UInt16> {
            stream.attempt(client, "192.0.2.1", port, at: Double(port), .silence, opening: .datagram)
        }
        for group in 1...40 {
            stream.attempt(client, "239.0.0.\(group)", 5000, at: 40_000, .silence, opening: .datagram)
        }
        stream.pass(to: 100_000)
        #expect(stream.alerts.isEmpty)
    }

    @Test func whoComesIntoTheMiddleOfConnections() {
        var stream = Stream()
        for port in 1...50 as ClosedRange<UInt16> {
            stream.attempt(client, "10.0.0.1", port, at: 1, .silence, opening: .ack)
        }
        for port in 1...50 as ClosedRange<UInt16> {
            stream.attempt(client, "10.0.0.2", port, at: 1, .refusal, opening: .answer)
        }
        stream.pass(to: 100)
        #expect(stream.alerts.isEmpty)
    }

    @Test func aFewFailuresADay() {
        var stream = Stream()
        for number in 0..<60 { stream.attempt(client, "10.0.\(number).1", 443, at: Double(number) * 7200, .silence) }
        stream.pass(to: 1_000_000)
        #expect(stream.alerts.isEmpty)
    }

    /// A kubelet asks pods whether they are ready, until they are.
    @Test(arguments: [12.0, 90.0])
    func containersThatHaveOnlyJustBegunNeedNotListen(age: Double) {
        var stream = Stream()
        let kubelet = Stream.pod("kubelet", "10.0.0.1")
        for number in 2...20 {
            var pod = Stream.pod("pod-\(number)", "10.0.0.\(number)")
            pod.container?.started = Stream.time(1000 - age)
            stream.attempt(kubelet, pod, 8080, at: 1000 + Double(number) / 100, .refusal)
        }
        #expect(stream.rules == (age < 60 ? [] : ["scan.horizontal"]))
    }
}
