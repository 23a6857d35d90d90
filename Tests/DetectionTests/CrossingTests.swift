import Addressing
import Containers
import Policy
import Testing

@testable import Detection

@Suite("Levels crossed and ways outside")
struct CrossingTests {
    private let web = Stream.pod("web", "10.0.0.2")
    private let api = Stream.pod("api", "10.0.0.3")
    private let database = Stream.pod("db", "10.0.0.4")

    private static func policy() throws -> DeclaredPolicy {
        var policy = DeclaredPolicy()
        let levels = policy.sensitivity.levels
        let (open, inner, closed) = try (
            #require(levels["public"]), #require(levels["internal"]), #require(levels["restricted"])
        )
        for (name, level) in [("web", open), ("api", inner), ("db", closed)] {
            var selector = Selector()
            selector.names = [NamePattern(name)]
            policy.sensitivity.rules.append(Sensitivity.Rule(level: level, selector: selector))
        }
        var interface = LevelInterface(from: inner, to: closed)
        interface.traffic = Traffic(protocolNumber: 6, ports: [5432...5432])
        policy.interfaces = [interface]
        return policy
    }

    @Test func aCrossingNobodyDeclaredIsToldAtItsFirstPacket() throws {
        var stream = Stream(try Self.policy())
        stream.call(web, database, 5432)
        let alert = try #require(stream.alerts.first)
        #expect(stream.rules == ["crossing.undeclared"])
        #expect(alert.severity == 80 && alert.source.container == web.container)
        #expect(alert.destination?.container == database.container && alert.evidence.count == 1)
        #expect(
            alert.message
                == "web (public) called db (restricted) on TCP 5432: no interface is declared from public to restricted"
        )
    }

    @Test func whatIsDeclaredIsQuietAndItsWayBackIsNot() throws {
        var stream = Stream(try Self.policy())
        stream.call(api, database, 5432)
        #expect(stream.rules.isEmpty)
        stream.call(api, database, 22)
        stream.call(database, api, 5432)
        #expect(stream.rules == ["crossing.undeclared", "crossing.undeclared"])
    }

    @Test func goingOutsideIsACrossingForTheHighestLevelAlone() throws {
        var stream = Stream(try Self.policy())
        let outside = Party(Stream.host("198.51.100.7"), kind: .outside, confidence: .certain)
        stream.call(api, outside)
        #expect(stream.rules.isEmpty)
        stream.call(database, outside)
        #expect(stream.rules == ["crossing.undeclared"])
        #expect(stream.alerts.first?.message.contains("(outside)") == true)
    }

    @Test func nothingDeclaredNothingSaid() {
        var stream = Stream(DeclaredPolicy())
        stream.call(web, database)
        stream.call(database, Party(Stream.host("198.51.100.7"), kind: .outside, confidence: .certain))
        #expect(stream.rules.isEmpty)
    }

    @Test func labelsOfBothEndsAreEnough() throws {
        func labelled(_ name: String, _ address: String, _ level: String) -> Party {
            var party = Stream.pod(name, address)
            party.container?.description.labels[Sensitivity.label] = level
            return party
        }
        var stream = Stream(DeclaredPolicy())
        stream.call(labelled("a", "10.0.0.2", "public"), labelled("b", "10.0.0.3", "public"))
        stream.call(labelled("a", "10.0.0.2", "public"), database)
        #expect(stream.rules.isEmpty)
        stream.call(labelled("a", "10.0.0.2", "public"), labelled("c", "10.0.0.4", "restricted"))
        #expect(stream.rules == ["crossing.undeclared"])
    }

    @Test func aWayOutsideGoesByItsNameHoweverLateThatIsKnown() throws {
        var policy = DeclaredPolicy()
        var rule = EgressRule()
        rule.domains = ["example.org"]
        policy.egress = [rule]
        var stream = Stream(policy)
        let outside = Party(Stream.host("198.51.100.7"), kind: .outside, confidence: .certain)
        stream.call(web, outside, name: "api.example.org")
        let late = stream.call(web, outside)
        stream.goOn(late) { $0.name = "www.example.org" }
        #expect(stream.rules.isEmpty)
        let nameless = stream.call(web, outside)
        #expect(stream.rules.isEmpty)
        stream.goOn(nameless, .ended) { _ in }
        #expect(stream.rules == ["egress.undeclared"])
        #expect(stream.alerts.last?.message == "web went outside to 198.51.100.7 on TCP 443, which is not declared")
    }

    @Test func whoGoesEverywhereIsToldOfOnceForAll() {
        var policy = DeclaredPolicy()
        var rule = EgressRule()
        rule.blocks = [IPPrefix("192.0.2.0/24")].compactMap { $0 }
        policy.egress = [rule]
        var stream = Stream(policy)
        for number in 0..<200 {
            let outside = Party(
                .v4(IPv4Address(bits: 0xc633_6400 + UInt32(number))),
                kind: .outside,
                confidence: .certain
            )
            stream.call(web, outside, at: Double(number) * 5)
        }
        let told = stream.alerts.filter { $0.rule == .undeclaredEgress }
        #expect(told.count == PeerTally.each + 2)
        #expect(told.last?.destination == nil && told.last?.count ?? 0 > 8)
    }

    @Test func exceptionsBastionsAndSettingsHold() throws {
        var policy = try Self.policy()
        var exception = PolicyException(rule: NamePattern("crossing"), reason: "migration", end: Stream.time(100))
        var selector = Selector()
        selector.names = [NamePattern("web")]
        exception.source = selector
        policy.exceptions = [exception]
        var setting = RuleSetting()
        setting.severity = 95
        policy.rules["crossing"] = setting
        var stream = Stream(policy)
        stream.call(web, database, at: 50)
        #expect(stream.rules.isEmpty)
        stream.call(web, database, at: 101)
        #expect(stream.alerts.map(\.severity) == [95])
        policy.rules["crossing.undeclared"] = RuleSetting()
        policy.rules["crossing.undeclared"]?.isOn = false
        var off = Stream(policy)
        off.call(web, database, at: 101)
        #expect(off.rules.isEmpty)
    }

    @Test func aBastionMayScan() {
        var policy = DeclaredPolicy()
        var selector = Selector()
        selector.names = [NamePattern("web")]
        for bastions in [[selector], []] {
            policy.bastions = bastions
            var stream = Stream(policy)
            for port in UInt16(1)...40 { stream.attempt(web, "10.0.0.9", port, at: Double(port) / 10, .refusal) }
            #expect(stream.rules == (bastions.isEmpty ? ["scan.vertical"] : []))
        }
    }
}
