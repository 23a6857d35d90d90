import Addressing
import Baseline
import Containers
import Flows
import Policy
import Testing
import Wire

@testable import Detection

@Suite("What a profile has not")
struct BaselineDetectorTests {
    private static func party(_ app: String, _ address: String, run: Int = 1) -> Party {
        var container = Container(key: ContainerKey(identifier: "\(app)\(run)", generation: 1))
        container.namespace = NetworkNamespace(inode: UInt64(app.utf8.count * 100 + run))
        container.description.name = "\(app)-\(run)"
        container.description.image = "\(app):1"
        return Party(Stream.host(address), kind: .container, confidence: .certain, container: container)
    }

    private static let (web, api) = (party("web", "10.0.0.2"), party("api", "10.0.0.30"))

    private static func fact(
        _ phase: FlowFact.Phase,
        _ destination: Party,
        _ port: UInt16,
        at seconds: Double,
        name: String? = nil,
        isAnswered: Bool = true
    ) -> FlowFact {
        var fact = FlowFact(
            phase,
            at: Stream.time(seconds),
            serial: 1,
            identifier: FlowIdentifier(bits: UInt64(seconds * 10)),
            from: web,
            to: destination,
            port: port
        )
        fact.name = name
        fact.destinationPackets = isAnswered ? 1 : 0
        fact.state = isAnswered ? .sf : .s0
        return fact
    }

    private static func outside(_ address: String) -> Party { Party(Stream.host(address), kind: .outside) }

    private static func baseline() -> Baseline {
        var learner = BaselineLearner()
        learner.take(BaselineObservation(fact(.ended, api, 8080, at: 1)))
        learner.take(BaselineObservation(fact(.ended, outside("203.0.113.1"), 443, at: 2, name: "pay.example")))
        learner.take(BaselineLookup("pay.example", by: BaselineEnd(web), at: Stream.time(2)))
        return learner.baseline
    }

    private var detectors = BaselineDetectors(baseline())
    private var alerts: [Alert] = []

    private mutating func take(_ fact: FlowFact) -> [String] {
        let before = alerts.count
        detectors.take(fact, to: &alerts)
        return alerts[before...].map(\.rule.rawValue)
    }

    @Test mutating func whatIsKnownIsQuiet() {
        let known = [
            Self.fact(.began, Self.api, 8080, at: 10), Self.fact(.ended, Self.api, 8080, at: 11),
            Self.fact(.began, Self.outside("203.0.113.9"), 443, at: 12, name: "pay.example"),
        ]
        for fact in known {
            let found = take(fact)
            #expect(found == [])
        }
    }

    @Test mutating func aNewDestinationIsToldOnceWithItsFlow() throws {
        let fact = Self.fact(.began, Self.outside("203.0.113.9"), 443, at: 10, name: "evil.example", isAnswered: false)
        let (first, second) = (take(fact), take(Self.fact(.ended, fact.destination, 443, at: 11, name: "evil.example")))
        #expect(first == ["baseline.destination"] && second == [])
        let alert = try #require(alerts.first)
        #expect(alert.message == "web-1 calls evil.example (tcp/443), which its profile has not")
        #expect(alert.evidence == [FlowIdentifier(bits: 100)] && alert.destination?.address == fact.destination.address)
        #expect(alert.severity == 50)
    }

    @Test mutating func whatHasNoNameYetWaitsForOne() {
        let place = Self.outside("198.51.100.9")
        let began = take(Self.fact(.began, place, 443, at: 10))
        let ended = take(Self.fact(.ended, place, 443, at: 11, name: "pay.example"))
        #expect(began == [] && ended == [])
        let nameless = take(Self.fact(.ended, Self.outside("192.0.2.9"), 443, at: 12))
        #expect(nameless == ["baseline.destination"])
    }

    @Test mutating func whereNobodyIsAnyMoreIsADestinationWhenItAnswers() {
        let place = Party(Stream.host("10.0.0.31"), kind: .vacant)
        var refused = Self.fact(.ended, place, 8080, at: 11)
        refused.state = .rej
        for fact in [Self.fact(.began, place, 8080, at: 10, isAnswered: false), refused] {
            let found = take(fact)
            #expect(found == [])
        }
        let answered = take(Self.fact(.ended, place, 8080, at: 12))
        #expect(answered == ["baseline.destination"])
    }

    @Test mutating func aNewServiceIsOneOfTheCallerAndAListenerOfTheOther() {
        let tried = take(Self.fact(.began, Self.api, 22, at: 10, isAnswered: false))
        let answered = take(Self.fact(.ended, Self.api, 22, at: 11))
        #expect(tried == ["baseline.service"] && answered == ["baseline.listener"])
        #expect(alerts.map(\.source.name) == ["web-1", "api-1"])
        #expect(alerts.last?.message == "api-1 listens at tcp/22, which its profile has not")
    }

    @Test mutating func manyAreToldTogether() {
        for number in 0..<100 {
            _ = take(
                Self.fact(
                    .ended,
                    Self.outside("198.51.\(number).9"),
                    443,
                    at: 10 + Double(number) / 10,
                    name: "x\(number).example"
                )
            )
        }
        let destinations = alerts.filter { $0.rule == .newDestination }
        #expect(destinations.count == 7)
        #expect(destinations.map(\.count) == [1, 1, 1, 1, 1, 6, 60])
        let last = destinations.last
        #expect(last?.destination == nil && last?.evidence.count == Alert.evidenceLimit)
        #expect(
            last?.message
                == "web-1 has 60 destinations that its profile has not; the last: it calls x59.example (tcp/443)"
        )
        let fanOut = alerts.filter { $0.rule == .newFanOut }
        #expect(fanOut.map(\.message) == ["web-1 talked to 13 peers in a minute, where its profile has 2 at most"])
    }

    @Test func aPolicySaysHowManyAreToldEachByItself() {
        var policy = DeclaredPolicy()
        policy.thresholds = [ThresholdKey("baseline", "each"): 1, ThresholdKey("baseline", "peers"): 30]
        var detectors = BaselineDetectors(Self.baseline(), Thresholds(policy))
        var alerts: [Alert] = []
        for number in 0..<20 {
            detectors.take(Self.fact(.ended, Self.outside("198.51.\(number).9"), 443, at: 10), to: &alerts)
        }
        #expect(alerts.map(\.rule) == [.newDestination, .newDestination, .newDestination])
        #expect(alerts.map(\.count) == [1, 2, 20])
        #expect(Set(BaselineDetectors.thresholds.keys) == ["each", "peers"])
    }

    @Test mutating func itIsToldAgainAfterAnHour() {
        let fact = Self.fact(.ended, Self.outside("198.51.100.9"), 443, at: 10, name: "evil.example")
        let first = take(fact)
        let soon = take(Self.fact(.ended, fact.destination, 443, at: 3000, name: "evil.example"))
        let later = take(Self.fact(.ended, fact.destination, 443, at: 3610, name: "evil.example"))
        #expect(first == later && soon == [])
    }

    @Test mutating func newNamesAreThoseThatAreThere() {
        func answer(_ name: String, _ code: DNSResponseCode) -> NameAnswer {
            NameAnswer(
                name,
                type: .a,
                code: code,
                length: 100,
                answers: code == .noError ? 1 : 0,
                for: Self.web,
                from: Stream.host("10.0.0.53"),
                at: Stream.time(9)
            )
        }
        detectors.take(answer("pay.example", .noError), to: &alerts)
        detectors.take(answer("pay.example.svc.cluster.local", .nameError), to: &alerts)
        #expect(alerts.isEmpty)
        detectors.take(answer("evil.example", .noError), to: &alerts)
        #expect(alerts.map(\.rule) == [.newName])
        #expect(alerts.first?.message == "web-1 looked up evil.example, which its profile has not")
    }

    @Test mutating func listenersAreJudgedWhenTheirContainerIsKnown() throws {
        let container = try #require(Self.api.container)
        let namespace = try #require(container.namespace)
        let any = Stream.host("0.0.0.0")
        func entry(_ change: JournalEntry.Change) -> JournalEntry { JournalEntry(time: Stream.time(5), change: change) }
        let shell = Listener(namespace: namespace, protocolNumber: 6, address: any, port: 4444)
        let known = Listener(namespace: namespace, protocolNumber: 6, address: any, port: 8080)
        var bare = container
        bare.description = ContainerDescription()
        for change in [.container(bare), .listener(shell), .listener(known)] as [JournalEntry.Change] {
            detectors.take(entry(change), to: &alerts)
        }
        #expect(alerts.isEmpty)
        detectors.take(entry(.container(container)), to: &alerts)
        detectors.take(entry(.container(container)), to: &alerts)
        #expect(alerts.map(\.message) == ["api-1 listens at tcp/4444, which its profile has not"])
        #expect(alerts.first?.rule == .newProfileListener)
    }

    @Test mutating func theHostsListenersAreNobodys() {
        let host = NetworkNamespace(inode: 1)
        let listener = Listener(namespace: host, protocolNumber: 6, address: Stream.host("0.0.0.0"), port: 4444)
        var container = Container(key: ContainerKey(identifier: "x", generation: 1))
        container.description.image = "api:1"
        container.namespace = host
        for change in [.host(host, name: "h"), .container(container), .listener(listener)] as [JournalEntry.Change] {
            detectors.take(JournalEntry(time: Stream.time(5), change: change), to: &alerts)
        }
        #expect(alerts.isEmpty)
    }

    @Test mutating func withoutABaselineOrAProfileNothingIsSaid() {
        let fact = Self.fact(.ended, Self.outside("198.51.100.9"), 22, at: 10)
        detectors.apply(nil, Thresholds())
        let without = take(fact)
        detectors.apply(Baseline(), Thresholds())
        let unknown = take(fact)
        detectors.apply(Self.baseline(), Thresholds())
        var forged = fact
        forged.source.isForged = true
        let ofNobody = take(forged)
        let known = take(fact)
        #expect(without == [] && unknown == [] && ofNobody == [] && known == ["baseline.destination"])
    }
}
