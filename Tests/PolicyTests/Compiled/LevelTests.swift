import Addressing
import Containers
import Testing

@testable import Policy

@Suite("Levels of ends")
struct LevelTests {
    private static let rules = """
        sensitivity:
          default: internal
          rules:
            - {level: restricted, image: ["*/postgres:*", vault]}
            - {level: restricted, namespace: bank, network: back}
            - {level: public, name: edge}
            - {level: restricted, cidr: 10.1.0.0/16}
            - {level: public, cidr: [10.1.2.0/24, 10.0.0.0/8], segment: [dmz, "77"]}
            - {level: public, label: tier=web}
            - {level: restricted, label: tier=db}
        """

    @Test func firstRulesThatFitCount() throws {
        var policy = try Example.compiled(Self.rules)
        func level(_ end: PolicyEnd) -> String? { policy.levelName(of: end) }
        #expect(level(try Example.end(Example.container("a"))) == "internal")
        #expect(level(try Example.end(Example.container("b", image: "lib/postgres:16"))) == "restricted")
        #expect(level(try Example.end(Example.container("c", image: "vault"))) == "restricted")
        #expect(level(try Example.end(Example.container("c2", image: "vault2"))) == "internal")
        #expect(level(try Example.end(Example.container("edge"))) == "public")
        #expect(level(try Example.end(Example.container("edge", image: "vault"))) == "restricted")
        #expect(level(try Example.end(Example.container("d", namespace: "bank"))) == "internal")
        #expect(
            level(try Example.end(Example.container("e", namespace: "bank", networks: ["x", "back"]))) == "restricted"
        )
    }

    @Test func addressesAndSegmentsCount() throws {
        var policy = try Example.compiled(Self.rules)
        func level(_ text: String, _ name: String? = nil, _ number: UInt32? = nil) throws -> String? {
            var end = try Example.address(text)
            (end.segmentName, end.segmentNumber) = (name, number)
            return policy.levelName(of: end)
        }
        // What no rule fits and is no container has no level.
        #expect(try level("192.0.2.1") == nil)
        #expect(try level("10.1.9.9") == "restricted" && level("10.9.9.9") == nil)
        #expect(try level("10.9.9.9", "dmz") == "public" && level("10.9.9.9", nil, 77) == "public")
        #expect(try level("10.9.9.9", "dmz2", 7) == nil)
        // An address is in the larger block, too, and the first rule counts.
        #expect(try level("10.1.2.3", "dmz") == "restricted")
    }

    /// Any container can have any label: the rule that goes by one must not lower what the next would give.
    @Test func labelsRaiseAndDoNotLower() throws {
        var policy = try Example.compiled(Self.rules)
        let web = Example.container("w", labels: ["tier": "web"])
        #expect(policy.levelName(of: try Example.end(web)) == "internal")
        let database = Example.container("d", labels: ["tier": "db"])
        #expect(policy.levelName(of: try Example.end(database)) == "restricted")
        // The first that fits is the one by name, and the rule by label comes after it.
        let edge = Example.container("edge", labels: ["tier": "db"])
        #expect(policy.levelName(of: try Example.end(edge)) == "public")

        var trusting = try Example.compiled("trusted_labels: tier\n" + Self.rules)
        #expect(trusting.levelName(of: try Example.end(web)) == "public")
    }

    @Test(arguments: [
        ("public", "internal", "public"), ("internal", "internal", "internal"),
        ("restricted", "restricted", "restricted"),
        ("secret", "internal", "internal"), ("", "internal", "internal"),
    ])
    func claimsRaiseAndDoNotLower(claim: String, level: String, trusted: String) throws {
        let container = Example.container("a", labels: ["portolan.sensitivity": claim])
        var policy = try Example.compiled("sensitivity: {default: internal}")
        #expect(policy.levelName(of: try Example.end(container)) == level)
        var trusting = try Example.compiled("trusted_labels: portolan.sensitivity\nsensitivity: {default: internal}")
        #expect(trusting.levelName(of: try Example.end(container)) == trusted)
    }

    @Test func nothingIsKnownWhereNothingIsDeclared() throws {
        var policy = CompiledPolicy(DeclaredPolicy())
        #expect(DeclaredPolicy().sensitivity.abstains)
        #expect(policy.level(of: try Example.end(Example.container("a"))) == nil)
        let claiming = Example.container("b", labels: ["portolan.sensitivity": "restricted"])
        #expect(policy.levelName(of: try Example.end(claiming)) == "restricted")
    }

    @Test func whatIsLearnedLaterOfAContainerCounts() throws {
        var policy = try Example.compiled(Self.rules)
        #expect(policy.levelName(of: try Example.end(Example.container("a"))) == "internal")
        #expect(policy.levelName(of: try Example.end(Example.container("a", image: "vault"))) == "restricted")
    }

    /// What is remembered is bounded, and forgetting it changes no answer.
    @Test func forgettingChangesNothing() throws {
        var policy = try Example.compiled(Self.rules)
        for number in 0..<EndProfiles.limit * 2 {
            let isVault = number % 3 == 0
            let container = Example.container("c\(number)", image: isVault ? "vault" : "x")
            #expect(policy.levelName(of: try Example.end(container)) == (isVault ? "restricted" : "internal"))
        }
        var end = try Example.address("10.9.9.9")
        for number in 0..<UInt32(40_000) {
            end.segmentNumber = number
            #expect(policy.levelName(of: end) == (number == 77 ? "public" : nil))
        }
    }
}
