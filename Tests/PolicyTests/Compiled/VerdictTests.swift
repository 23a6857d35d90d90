import Addressing
import Containers
import Testing

@testable import Policy

@Suite("Verdict of a flow")
struct VerdictTests {
    private static let text = """
        sensitivity:
          rules:
            - {level: public, name: web*}
            - {level: internal, name: [api, batch]}
            - {level: restricted, name: db}
        interfaces:
          - {from: public, to: internal, protocol: tcp, ports: [443, 8000-8100], destination: {name: api}}
          - {from: internal, to: restricted, protocol: tcp, ports: 5432}
          - {from: internal, to: restricted, direction: both, protocol: udp}
        egress:
          - {source: {name: batch}, to: [192.0.2.0/24, example.org], protocol: tcp, ports: 443}
          - {level: restricted, to: 198.51.100.7}
        """

    private func crossing(
        _ from: String,
        _ to: String,
        _ protocolNumber: UInt8,
        _ port: UInt16,
        in policy: inout CompiledPolicy
    ) throws -> FlowVerdict.Crossing {
        policy.verdict(
            from: try Example.end(Example.container(from)),
            to: try Example.end(Example.container(to)),
            protocolNumber: protocolNumber,
            port: port
        ).crossing
    }

    @Test func onlyDeclaredInterfacesMayBeUsed() throws {
        var policy = try Example.compiled(Self.text)
        for (from, to, number, port, expected) in [
            ("web-1", "api", 6, 443, .declared(interface: 0)), ("web-1", "api", 6, 8000, .declared(interface: 0)),
            ("web-1", "api", 6, 8100, .declared(interface: 0)), ("web-1", "api", 6, 8101, .undeclared),
            ("web-1", "api", 17, 443, .undeclared), ("web-1", "batch", 6, 443, .undeclared),
            ("api", "web-1", 6, 443, .undeclared), ("web-1", "db", 6, 5432, .undeclared),
            ("api", "db", 6, 5432, .declared(interface: 1)), ("db", "api", 6, 5432, .undeclared),
            ("api", "db", 17, 9, .declared(interface: 2)), ("db", "api", 17, 9, .declared(interface: 2)),
            ("api", "batch", 6, 22, .none), ("web-1", "web-2", 1, 0, .none), ("web-1", "api", 1, 0, .undeclared),
            ("stranger", "db", 6, 5432, .abstains), ("db", "stranger", 6, 80, .abstains),
        ] as [(String, String, UInt8, UInt16, FlowVerdict.Crossing)] {
            #expect(try crossing(from, to, number, port, in: &policy) == expected, "\(from) \(to) \(number) \(port)")
        }
    }

    @Test func onlyDeclaredWaysOutMayBeTaken() throws {
        var policy = try Example.compiled(Self.text)
        func verdict(_ from: String, _ to: String, _ port: UInt16, _ name: String? = nil) throws -> FlowVerdict {
            policy.verdict(
                from: try Example.end(Example.container(from)),
                to: try Example.address(to, isOutside: true),
                name: name,
                protocolNumber: 6,
                port: port
            )
        }
        #expect(try verdict("batch", "192.0.2.200", 443).egress == .declared(rule: 0))
        #expect(try verdict("batch", "192.0.2.200", 80).egress == .undeclared)
        #expect(try verdict("batch", "203.0.113.1", 443).egress == .undeclared)
        #expect(try verdict("batch", "203.0.113.1", 443, "www.Example.ORG").egress == .declared(rule: 0))
        #expect(try verdict("batch", "203.0.113.1", 443, "example.org.evil.net").egress == .undeclared)
        #expect(try verdict("api", "192.0.2.200", 443).egress == .undeclared)
        // The outside has no level: only the highest one must not go there.
        #expect(try verdict("api", "192.0.2.200", 443).crossing == .abstains)
        #expect(try verdict("db", "192.0.2.200", 443).crossing == .undeclared)
        #expect(try verdict("db", "198.51.100.7", 22).crossing == .declaredEgress(rule: 1))
        #expect(try verdict("api", "198.51.100.7", 22).egress == .undeclared)
    }

    @Test func theOutsideMayHaveALevel() throws {
        var policy = try Example.compiled("sensitivity: {default: internal, outside: public}")
        let inside = try Example.end(Example.container("a"))
        let outside = try Example.address("192.0.2.1", isOutside: true)
        let outward = policy.verdict(from: inside, to: outside, protocolNumber: 6, port: 443)
        #expect(outward.crossing == .undeclared && outward.egress == .abstains)
        let inward = policy.verdict(from: outside, to: inside, protocolNumber: 6, port: 443)
        #expect(inward.crossing == .undeclared && inward.egress == .none)
        #expect(outward.sourceLevel == inward.destinationLevel && outward.destinationLevel == inward.sourceLevel)
    }

    @Test func nothingDeclaredAbstains() throws {
        var policy = CompiledPolicy(DeclaredPolicy())
        let inside = try Example.end(Example.container("a"))
        let outside = try Example.address("192.0.2.1", isOutside: true)
        let verdict = policy.verdict(from: inside, to: outside, protocolNumber: 6, port: 443)
        #expect(verdict == FlowVerdict(crossing: .abstains, egress: .abstains))
        #expect(policy.approves(image: "x") == nil && policy.isResolver(outside.address) == nil)
        #expect(policy.isTunnelEnd(outside.address) == nil)
        let (isBastion, isNeverBlocked) = (policy.isBastion(inside), policy.isNeverBlocked(inside))
        #expect(!isBastion && !isNeverBlocked)
    }

    /// What is remembered does not depend on who came first, and with it nothing does.
    @Test func theOrderOfFlowsChangesNothing() throws {
        let names = ["web-1", "web-2", "api", "batch", "db", "x"]
        let flows = names.flatMap { from in names.flatMap { to in [(from, to, 443), (from, to, 5432)] } }
        func verdicts(_ flows: [(String, String, Int)]) throws -> [String: FlowVerdict.Crossing] {
            var policy = try Example.compiled(Self.text)
            var result: [String: FlowVerdict.Crossing] = [:]
            for (from, to, port) in flows {
                result["\(from) \(to) \(port)"] = try crossing(from, to, 6, UInt16(port), in: &policy)
            }
            return result
        }
        let forth = try verdicts(flows)
        #expect(try verdicts(flows.reversed()) == forth)
        #expect(Set(forth.values).count > 3)
    }

    /// Against a look at every rule for every flow.
    @Test func manyRulesAreLikeLookingAtEach() throws {
        var numbers = SystemRandomNumberGenerator()
        let levels = ["public", "internal", "restricted"]
        let rules = (0..<300).map { number in
            "    - {level: \(levels[number % 3]), name: c\(number)}"
        }
        let interfaces = (0..<300).map { _ in
            let first = Int.random(in: 1...2000, using: &numbers)
            let way = Array(levels.shuffled(using: &numbers).prefix(2))
            return
                "  - {from: \(way[0]), to: \(way[1]), ports: \(first)-\(first + Int.random(in: 0...50, using: &numbers))}"
        }
        let text = (["sensitivity:", "  rules:"] + rules + ["interfaces:"] + interfaces).joined(separator: "\n")
        let declared = try ReadPolicy.policy(text)
        var policy = CompiledPolicy(declared)
        var found = 0
        for _ in 0..<3000 {
            let (from, to) = (Int.random(in: 0..<300, using: &numbers), Int.random(in: 0..<300, using: &numbers))
            let port = UInt16.random(in: 1...2100, using: &numbers)
            let place = declared.interfaces.firstIndex { interface in
                interface.from == SensitivityLevel(rank: UInt8(from % 3))
                    && interface.to == SensitivityLevel(rank: UInt8(to % 3))
                    && interface.traffic.covers(protocolNumber: 6, port: port)
            }
            let expected: FlowVerdict.Crossing =
                from % 3 == to % 3 ? .none : place.map { .declared(interface: $0) } ?? .undeclared
            #expect(try crossing("c\(from)", "c\(to)", 6, port, in: &policy) == expected)
            if case .declared = expected { found += 1 }
        }
        #expect(found > 100)
    }
}
