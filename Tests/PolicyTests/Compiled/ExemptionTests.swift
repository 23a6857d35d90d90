import Addressing
import Containers
import Testing

@testable import Policy

@Suite("What a policy spares and sets")
struct ExemptionTests {
    @Test func exceptionsEndAtTheirDate() throws {
        var policy = try Example.compiled(
            """
            exceptions:
              - {rule: scan.vertical, source: {name: audit}, reason: first, until: 2027-01-31}
              - {rule: "scan.*", source: {name: audit}, destination: {cidr: 10.0.0.0/8}, reason: second, until: 2027-12-31}
              - {rule: flood, reason: third, until: 2027-06-30}
            """
        )
        let audit = try Example.end(Example.container("audit"))
        let other = try Example.end(Example.container("other"))
        let end = Timestamp(nanoseconds: 1_801_440_000_000_000_000)
        let before = Timestamp(nanoseconds: end.nanoseconds - 1)
        func reason(_ rule: String, _ source: PolicyEnd, _ to: PolicyEnd? = nil, _ time: Timestamp) -> String? {
            policy.exception(for: rule, source: source, destination: to, at: time)?.reason
        }
        #expect(reason("scan.vertical", audit, nil, before) == "first")
        #expect(reason("scan.vertical", audit, nil, end) == nil)
        #expect(reason("scan.vertical", audit, other, end) == "second")
        #expect(reason("scan.horizontal", audit, other, before) == "second")
        #expect(reason("scan.horizontal", audit, nil, before) == nil)
        #expect(reason("scan.horizontal", audit, try Example.address("192.0.2.1"), before) == nil)
        #expect(reason("scan.vertical", other, other, before) == nil)
        #expect(reason("flood.syn", other, nil, end) == "third")
        #expect(reason("crossing.undeclared", audit, other, before) == nil)
    }

    @Test func listsSayWhoIsSpared() throws {
        var policy = try Example.compiled(
            """
            trusted_labels: [team]
            bastions: [{name: jump, namespace: ops}, {label: team=red}]
            never_block: [{cidr: 10.0.0.1}, {namespace: "kube-*"}]
            approved_images: ["registry.example/*", busybox]
            tunnel_ends: [10.0.0.0/24]
            resolvers: [10.96.0.10, "fd00::a"]
            """
        )
        func isBastion(_ container: Container) throws -> Bool { policy.isBastion(try Example.end(container)) }
        #expect(try isBastion(Example.container("jump", namespace: "ops")))
        #expect(try !isBastion(Example.container("jump", namespace: "dev")))
        #expect(try isBastion(Example.container("x", labels: ["team": "red"])))
        #expect(try !isBastion(Example.container("y", labels: ["team": "blue"])))
        func isNeverBlocked(_ end: PolicyEnd) -> Bool { policy.isNeverBlocked(end) }
        #expect(isNeverBlocked(try Example.address("10.0.0.1")))
        #expect(!isNeverBlocked(try Example.address("10.0.0.2")))
        #expect(isNeverBlocked(try Example.end(Example.container("p", namespace: "kube-system"))))
        #expect(policy.approves(image: "busybox") == true && policy.approves(image: "registry.example/a:1") == true)
        #expect(policy.approves(image: "busybox:1") == false)
        #expect(policy.isTunnelEnd(try #require(IPAddress("10.0.0.77"))) == true)
        #expect(policy.isTunnelEnd(try #require(IPAddress("10.0.1.77"))) == false)
        #expect(policy.isResolver(try #require(IPAddress("fd00::a"))) == true)
        #expect(policy.isResolver(try #require(IPAddress("8.8.8.8"))) == false)
    }

    @Test func whatIsSaidOfARuleCountsBeforeItsCategory() throws {
        let policy = try Example.compiled(
            "rules: {scan: {severity: high, response: block}, scan.vertical: {severity: 10, enabled: false}}"
        )
        var expected = RuleSetting()
        (expected.isOn, expected.severity, expected.response) = (false, 10, .block)
        #expect(policy.setting(of: "scan.vertical") == expected)
        #expect(policy.setting(of: "scan.horizontal").severity == 70)
        #expect(policy.setting(of: "flood.syn") == RuleSetting())
    }

    @Test func thresholdsAreInTheirSmallestUnit() throws {
        let policy = try Example.compiled("thresholds: {scan: {window: 2m}}")
        #expect(policy.threshold("scan", "window") == 120 && policy.threshold("scan", "failures") == nil)
    }
}
