import Containers
import Testing

@testable import Records

@Suite("Filters of alerts")
struct AlertFilterTests {
    private static func rules(_ text: String) -> AlertFilter? {
        var filter = AlertFilter()
        return filter.ask(rules: text) ? filter : nil
    }

    @Test func wantAllWhenTheyAskNothing() {
        #expect(AlertFilter().holds(of: SampleAlert.record(severity: 0)))
        #expect(AlertFilter().holds(severity: 100, rule: "whatever"))
    }

    @Test(
        arguments: [
            ("low", 0), ("medium", 40), ("high", 70), ("critical", 90), ("0", 0), ("55", 55), ("100", 100),
            ("101", nil),
            ("-1", nil), ("High", nil), ("", nil), (" 1", nil),
        ] as [(String, Int?)]
    ) func readSeverities(text: String, severity: Int?) {
        #expect(AlertFilter.severity(text) == severity)
    }

    @Test func wantWhatIsSevereEnough() {
        var filter = AlertFilter()
        filter.leastSeverity = 70
        #expect(filter.holds(of: SampleAlert.record(severity: 70)))
        #expect(!filter.holds(of: SampleAlert.record(severity: 69)))
    }

    @Test(arguments: [
        ("scan.vertical", "scan.vertical", true), ("scan.vertical", "scan.horizontal", false),
        ("scan", "scan.horizontal", true), ("scan", "sweep.ping", true), ("sweep", "sweep.arp", true),
        ("scan.ver", "scan.vertical", false), ("sca", "scan.vertical", false),
        ("scan.vertical.x", "scan.vertical", false),
        ("flood,dns.tunnel", "dns.tunnel", true), ("flood,dns.tunnel", "flood.syn", true),
        ("flood,dns.tunnel", "dns.nxdomain", false), ("worm", "worm.morris", true),
        ("blind_spot", "blind_spot.overlay", true),
    ]) func wantRulesByNameOrCategory(asked: String, rule: String, isWanted: Bool) {
        #expect(Self.rules(asked)?.holds(severity: 50, rule: rule) == isWanted)
    }

    @Test(arguments: ["", ",", "scan,", "Scan", "scan vertical", "'; DROP TABLE alerts", "sc\u{1b}an", "%"])
    func refuseWhatCanBeNoRule(text: String) {
        #expect(Self.rules(text) == nil)
    }

    @Test func areBounded() {
        #expect(Self.rules(String(repeating: "a", count: AlertFilter.nameLimit)) != nil)
        #expect(Self.rules(String(repeating: "a", count: AlertFilter.nameLimit + 1)) == nil)
        let names = Array(repeating: "a", count: AlertFilter.ruleLimit)
        #expect(Self.rules(names.joined(separator: ",")) != nil)
        #expect(Self.rules((names + ["a"]).joined(separator: ",")) == nil)
    }

    @Test func keepWhatTheyAskedWhenMoreCannotBe() {
        var filter = AlertFilter()
        let (good, bad) = (filter.ask(rules: "scan"), filter.ask(rules: "!"))
        #expect(good && !bad && filter.rules == ["scan"])
    }

    @Test(arguments: [
        ("container=web", true), ("to-container=web", false), ("from-ip=10.77.0.1", true), ("to-ip=10.77.0.2", true),
        ("ip=10.77.0.9", false), ("label=tier=a", false), ("label=tier", true), ("not image=shop/*", false),
        ("from-container=web to-ip=10.77.0.0/24", true),
    ]) func wantThoseAboutSomebody(text: String, isWanted: Bool) throws {
        var record = SampleAlert.record()
        record.source.container?.description.name = "web"
        var filter = AlertFilter()
        filter.ends = try FlowFilter(parsing: text)
        #expect(filter.ends.wordOfFlowsAlone == nil)
        #expect(filter.holds(of: record) == isWanted)
        filter.leastSeverity = 71
        #expect(!filter.holds(of: record))
    }

    @Test func knowWhoIsMissing() throws {
        var record = SampleAlert.record()
        record.destination = nil
        var filter = AlertFilter()
        filter.ends = try FlowFilter(parsing: "to-ip=0.0.0.0/0")
        #expect(!filter.holds(of: record))
    }

    @Test(arguments: ["port=80", "not to-port=1", "protocol=tcp", "direction=egress", "segment=7"])
    func sayWhatIsAskedOfFlowsAlone(text: String) throws {
        let filter = try FlowFilter(parsing: "container=web \(text)")
        #expect(filter.wordOfFlowsAlone.map(text.contains) == true)
    }

    @Test func callNumbersByWords() {
        let words = [0, 39, 40, 69, 70, 89, 90, 100, -5].map { AlertSeverity($0).rawValue }
        #expect(words == ["low", "low", "medium", "medium", "high", "high", "critical", "critical", "low"])
    }
}
