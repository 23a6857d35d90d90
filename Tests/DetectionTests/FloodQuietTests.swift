import Addressing
import Containers
import Flows
import Testing

@testable import Detection

/// What comes in masses and is no flood.
@Suite("No floods")
struct FloodQuietTests {
    private let web = Stream.pod("web", "10.0.0.2")
    private let client = Stream.pod("client", "10.0.0.9")

    @Test func aBusyServerWhoseClientsGetThrough() {
        var stream = Stream()
        for number in 0..<20_000 {
            let now = Double(number) * 0.0005
            let fact = stream.begin(Stream.stranger(number % 500), web, 80, at: now)
            stream.answer(fact, at: now)
            // One of ten is answered, and aborts at once.
            let isAbort = number % 10 == 0
            stream.end(fact, at: now, isAbort ? .rsto : .sf, packets: isAbort ? (2, 1) : (6, 5))
        }
        stream.pass(to: 100)
        #expect(stream.alerts.isEmpty)
    }

    @Test func aServiceThatIsDownAndItsClients() {
        var stream = Stream()
        for number in 0..<2000 {
            let now = Double(number) * 0.05
            let fact = stream.begin(Stream.stranger(number % 20), web, 5432, at: now)
            if number < 1000 {
                stream.answer(fact, at: now)
                stream.end(fact, at: now, .sf, packets: (6, 5))
            }
        }
        stream.pass(to: 200)
        #expect(stream.alerts.isEmpty)
    }

    @Test func refusalsAndRetriesWhereNobodyIs() {
        var stream = Stream()
        var vacant = Party(Stream.host("10.0.0.77"))
        vacant.kind = .vacant
        for number in 0..<2000 {
            let fact = stream.begin(Stream.stranger(number % 20), web, 5432, at: Double(number) * 0.001)
            stream.answer(fact, at: Double(number) * 0.001, isRefusal: true)
            stream.end(fact, at: Double(number) * 0.001, .rej, packets: (1, 1))
            stream.begin(Stream.stranger(number % 20), vacant, 5432, at: Double(number) * 0.001)
        }
        stream.pass(to: 100)
        #expect(stream.alerts.isEmpty)
    }

    @Test func resolversAndBusyUDPServices() {
        var stream = Stream()
        for number in 0..<5000 {
            let now = Double(number) * 0.001
            let question = stream.begin(client, web, 53, at: now, opening: .datagram)
            stream.answer(question, at: now)
            let call = stream.begin(Stream.stranger(number % 50), web, 443, at: now, opening: .datagram)
            stream.answer(call, at: now)
        }
        stream.pass(to: 100)
        #expect(stream.alerts.isEmpty)
    }

    @Test func pingsAndStreamsAtTheirOwnPace() {
        var stream = Stream()
        let ping = stream.begin(client, web, 0, at: 0, opening: .echo)
        stream.end(ping, at: 3600, .oth, packets: (3600, 3600))
        let call = stream.begin(client, web, 4000, at: 3600, opening: .datagram)
        stream.end(call, at: 4200, .oth, packets: (60_000, 0))
        #expect(stream.alerts.isEmpty)
    }

    @Test func aCaptureThatBeginsInTheMiddle() {
        var stream = Stream()
        let facts = (0..<2000).map { number in
            stream.begin(Stream.stranger(number), web, 80, at: 0, opening: number % 2 == 0 ? .ack : .answer)
        }
        for fact in facts { stream.end(fact, at: 60, .oth, packets: (3, 3)) }
        #expect(stream.alerts.isEmpty)
    }
}
