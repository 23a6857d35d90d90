import Addressing
import Foundation
import Support
import Testing

@testable import Policy

@Suite("Reading a policy")
struct PolicyReadingTests {
    private static let text = """
        sensitivity:
          levels: [low, mid, top]
          default: mid
          outside: low
          rules:
            - {level: top, image: "*/postgres:*", namespace: [shop, bank]}
            - {level: low, label: [tier=web, public], segment: 42}
        trusted_labels: [io.kubernetes.pod.namespace]
        interfaces:
          - {from: mid, to: top, protocol: tcp, ports: [5432, 8000-8001, 8002], direction: both}
          - {from: low, to: mid, destination: {name: api}}
        egress:
          - {source: {name: backup}, to: [192.0.2.0/24, "*.Example.org"], protocol: tcp, ports: 443}
          - {level: low}
        feeds:
          - {name: drop, file: /var/lib/portolan/drop.txt, format: drop}
        exceptions:
          - {rule: "scan.*", source: {name: nessus}, reason: "monthly audit", until: 2027-01-31}
        rules:
          scan: {severity: critical, response: block}
          scan.vertical: {enabled: false, severity: 55}
        thresholds:
          scan: {failures: 20, window: 10m}
          exfiltration: {bytes: 1GiB}
        approved_images: ["registry.example/*", busybox]
        tunnel_ends: 10.0.0.0/24
        resolvers: [10.96.0.10, "fd00::a"]
        bastions: [{name: jump}]
        never_block: [{cidr: 10.0.0.1}, {namespace: kube-system}]
        """

    @Test func everyKeyIsTaken() throws {
        let policy = try ReadPolicy.policy(Self.text)
        let levels = policy.sensitivity.levels
        #expect(levels.names == ["low", "mid", "top"] && levels.highest == levels["top"])
        #expect(policy.sensitivity.fallback == levels["mid"] && policy.sensitivity.outside == levels["low"])
        var first = Selector()
        first.images = [NamePattern("*/postgres:*")]
        first.namespaces = [NamePattern("shop"), NamePattern("bank")]
        #expect(policy.sensitivity.rules.first?.selector == first)
        #expect(
            policy.sensitivity.rules.last?.selector.labels == [
                LabelSelector(key: "tier", value: NamePattern("web")), LabelSelector(key: "public"),
            ]
        )
        let interface = try #require(policy.interfaces.first)
        #expect(interface.direction == .both && interface.traffic.protocolNumber == 6)
        #expect(interface.traffic.ports == [5432...5432, 8000...8002])
        #expect(policy.interfaces.last?.destination?.names == [NamePattern("api")])
        #expect(policy.egress.first?.domains == ["example.org"])
        #expect(policy.egress.first?.blocks == [try #require(IPPrefix("192.0.2.0/24"))])
        #expect(policy.egress.last?.goesAnywhere == true && policy.egress.last?.level == levels["low"])
        #expect(policy.feeds == [Feed(name: "drop", file: "/var/lib/portolan/drop.txt", format: .drop)])
        #expect(policy.exceptions.first?.end == Timestamp(nanoseconds: 1_801_440_000_000_000_000))
        #expect(policy.rules["scan"]?.severity == 90 && policy.rules["scan"]?.response == .block)
        #expect(policy.rules["scan.vertical"]?.isOn == false && policy.rules["scan.vertical"]?.severity == 55)
        #expect(
            policy.thresholds == [
                ThresholdKey("scan", "failures"): 20, ThresholdKey("scan", "window"): 600,
                ThresholdKey("exfiltration", "bytes"): 1 << 30,
            ]
        )
        #expect(policy.approvedImages.count == 2 && policy.tunnelEnds.count == 1 && policy.resolvers.count == 2)
        #expect(policy.bastions.count == 1 && policy.neverBlock.count == 2)
        #expect(policy.trustedLabels == ["io.kubernetes.pod.namespace"])
    }

    @Test(arguments: ["", "---\n", "{}", "sensitivity:\nrules:\n", "sensitivity: {default: \"\"}", "resolvers: []"])
    func nothingDeclaresNothing(text: String) throws {
        #expect(try ReadPolicy.policy(text) == DeclaredPolicy())
    }

    @Test func theFileOfDefaultsDeclaresNothing() throws {
        let file = SharedCaptures.project.appendingPathComponent("Config/portolan.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains("\npolicy:\n"))
        #expect(try ReadPolicy.policy(text, isSection: true) == DeclaredPolicy())
    }

    /// Its examples are read as they stand there, and every key has its line.
    @Test func theManualIsTrue() throws {
        let file = SharedCaptures.project.appendingPathComponent("Docs/Policy.md")
        let manual = try String(contentsOf: file, encoding: .utf8)
        let examples = manual.split(separator: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(examples.count >= 5)
        for example in examples {
            #expect(ReadPolicy.problems(example, catalog: RuleCatalog()).isEmpty, "\(example)")
        }
        for key in [
            "sensitivity.levels", "sensitivity.default", "sensitivity.outside", "sensitivity.rules", "trusted_labels",
            "interfaces", "egress", "feeds", "exceptions", "rules", "thresholds", "approved_images", "tunnel_ends",
            "resolvers", "bastions", "never_block",
        ] {
            #expect(manual.contains("\n| `\(key)` | `"), "\(key)")
        }
    }

    @Test func laterFilesReplaceKeyByKey() throws {
        let policy = try ReadPolicy.policy(
            "policy: {resolvers: [10.0.0.1], bastions: [{name: a}], rules: {scan: {severity: low, enabled: false}}}",
            "log: {level: info}",
            "policy: {resolvers: [10.0.0.2], rules: {scan: {severity: high}, flood: {enabled: true}}}",
            isSection: true
        )
        #expect(policy.resolvers == [try #require(IPPrefix("10.0.0.2"))] && policy.bastions.count == 1)
        #expect(policy.rules["scan"]?.severity == 70 && policy.rules["scan"]?.isOn == false)
        #expect(policy.rules["flood"]?.isOn == true)
    }

    /// What a rule means by a level is what the last file says of levels, wherever the rule stands.
    @Test func levelsAndTrustAreKnownBeforeTheRest() throws {
        let policy = try ReadPolicy.policy(
            "policy: {sensitivity: {default: gold}, never_block: [{label: team=ops}]}",
            "policy: {sensitivity: {levels: [tin, gold]}, trusted_labels: [team]}",
            isSection: true
        )
        #expect(policy.sensitivity.fallback == SensitivityLevel(rank: 1))
        #expect(policy.neverBlock.count == 1)
    }

    @Test(arguments: [
        ("1970-01-01", 1), ("1972-02-29", 790), ("2000-03-01", 11_018), ("2026-12-31", 20_819), ("2261-12-31", 106_651),
    ])
    func daysEndAtMidnight(text: String, days: Int64) throws {
        let day = try #require(CalendarDay(text))
        #expect(day.end.nanoseconds == days * 86_400_000_000_000)
        #expect(CalendarDay(before: day.end) == day && day.description == text)
    }

    @Test(arguments: [
        "", "2027", "2027-1-1", "2027-13-01", "2027-00-10", "2027-04-31", "1900-01-01", "2262-01-01", "2027-02-29",
        "+027-01-01",
    ])
    func someDaysAreNone(text: String) {
        #expect(CalendarDay(text) == nil)
    }
}
