import Addressing
import Containers
import Policy
import Testing

@testable import Baseline

@Suite("A policy from a baseline")
struct GeneratedPolicyTests {
    @Test func waysOutAreThoseSeen() throws {
        let text = try Shop.learner().baseline.policyText()
        let policy = try ReadText.policy(text)
        #expect(policy.egress.count == 2 && policy.interfaces.isEmpty)
        let bank = try #require(policy.egress.first)
        #expect(bank.domains == ["pay.bank.example"] && bank.traffic == Traffic(protocolNumber: 6, ports: [443...443]))
        #expect(bank.source?.images.map(\.text) == ImageName.patterns(of: "registry.example:5000/api"))
        let resolver = try #require(policy.egress.last)
        #expect(resolver.blocks.map(\.description) == ["192.0.2.0/24"])
        #expect(text.contains("# The capture lost 100 of 10000 packets (1.00 %). There was a gap.\n"))
        #expect(text.contains("#   pay.bank.example tcp/443: 60 times, 2023-11-14T22:13:25Z to 2023-11-14T23:12:25Z\n"))
        #expect(!text.contains("left out"))
    }

    @Test func labelsCountWhereTheyAreTrusted() throws {
        var declared = DeclaredPolicy()
        declared.trustedLabels = ["com.docker.compose.service", "other"]
        let policy = try ReadText.policy(try Shop.learner().baseline.policyText(for: declared))
        #expect(policy.trustedLabels == ["com.docker.compose.service"])
        #expect(policy.egress.first?.source?.labels.map(\.description) == ["com.docker.compose.service=api"])
    }

    @Test func whomOnlyLabelsTellIsLeftOut() throws {
        var learner = BaselineLearner()
        var pod = Container(key: ContainerKey(identifier: "x", generation: 1))
        pod.description.pod = "cart-0"
        pod.description.podNamespace = "shop"
        pod.description.labels = ["app": "cart"]
        let end = BaselineEnd(try Shop.address("10.0.0.1"), container: pod)
        learner.take(Shop.talk(end, try Shop.outside("203.0.113.1"), 443, at: 1))
        let text = learner.baseline.policyText()
        #expect(text.contains("# left out: only labels say who it is"))
        #expect(try ReadText.policy(text).egress.isEmpty)
        pod.description.labels = [:]
        var other = BaselineLearner()
        other.take(Shop.talk(BaselineEnd(end.address, container: pod), try Shop.outside("203.0.113.1"), 443, at: 1))
        let source = try ReadText.policy(other.baseline.policyText()).egress.first?.source
        #expect(source?.pods.map(\.text) == ["cart", "cart-*"] && source?.namespaces.map(\.text) == ["shop"])
    }

    @Test func interfacesAreBetweenLevelsThatDiffer() throws {
        let declared = try ReadText.policy(
            "sensitivity: {levels: [low, high], default: low, rules: [{level: high, image: '*/db:*'}]}"
        )
        let policy = try ReadText.policy(try Shop.learner().baseline.policyText(for: declared))
        #expect(policy.sensitivity.levels.names == ["low", "high"] && policy.interfaces.count == 1)
        let interface = try #require(policy.interfaces.first)
        #expect(interface.from < interface.to && interface.traffic.ports == [5432...5432])
        #expect(interface.destination?.images.first?.text == "registry.example:5000/db")
    }

    @Test func placesOfASegmentAndOddServicesAreSaid() throws {
        var learner = BaselineLearner()
        let host = BaselineEnd(try Shop.address("10.7.0.1"))
        let outside = try Shop.outside("203.0.113.1", name: "under_score.example")
        learner.take(Shop.talk(host, outside, 443, at: 1))
        learner.take(Shop.talk(host, outside, 0, at: 2, protocolNumber: 1))
        learner.take(Shop.talk(host, outside, 0, at: 3, protocolNumber: 47))
        let text = learner.baseline.policyText()
        let policy = try ReadText.policy(text)
        #expect(policy.egress.map(\.traffic.protocolNumber) == [1, 6])
        #expect(policy.egress.allSatisfy { $0.blocks.map(\.description) == ["203.0.113.1"] && $0.domains.isEmpty })
        #expect(policy.egress.first?.source?.blocks.map(\.description) == ["10.7.0.0/24"])
        #expect(text.contains("left out: a policy cannot say 47"))
    }

    @Test(arguments: ["a\": b\n- x", "x\nrules: {scan: {enabled: false}}", "*", "evil*", "\u{1b}[2J", "日本", "# x"])
    func namesOfOthersStayNames(name: String) throws {
        var learner = BaselineLearner()
        var container = Container(key: ContainerKey(identifier: "x", generation: 1))
        container.description.image = name
        container.description.podNamespace = name
        container.description.labels = ["app": name, "com.docker.compose.service": name]
        let end = BaselineEnd(try Shop.address("10.0.0.1"), container: container)
        learner.take(Shop.talk(end, try Shop.outside("203.0.113.1", name: name), 443, at: 1))
        var declared = DeclaredPolicy()
        declared.trustedLabels = ["app"]
        let text = learner.baseline.policyText(for: declared)
        #expect(text.unicodeScalars.allSatisfy { " "..."~" ~= $0 || $0 == "\n" })
        let policy = try ReadText.policy(text)
        #expect(policy.rules.isEmpty && policy.egress.count <= 1)
        let patterns = policy.egress.flatMap { ($0.source?.images ?? []) + ($0.source?.namespaces ?? []) }
        #expect(!patterns.contains { $0.matches("somebody else") })
    }
}
