import Addressing
import Containers
import Policy
import Testing

@testable import Baseline

@Suite("What a policy would have hit")
struct PolicyPreviewTests {
    private static let text = """
        sensitivity:
          default: internal
          rules:
            - {level: public, image: "*/web:*"}
            - {level: restricted, image: "*/db:*"}
        interfaces:
          - {from: internal, to: restricted, protocol: tcp, ports: 5432}
          - {from: restricted, to: internal}
        egress:
          - {source: {image: "*/api:*"}, to: bank.example, protocol: tcp, ports: 443}
          - {to: 100.64.0.0/24}
        approved_images: ["*/api:*", "*/web:*"]
        resolvers: [10.0.0.53]
        exceptions:
          - {rule: rogue.image, source: {image: "*/old:*"}, reason: goes in spring, until: 2027-03-31}
        """

    private func preview(_ text: String = text) throws -> PolicyPreview {
        PolicyPreview(CompiledPolicy(try ReadText.policy(text)))
    }

    @Test func hitsAreCountedByRuleAndPair() throws {
        var preview = try preview()
        let (web, api, db) = (
            try Shop.end("web", "10.1.0.2"), try Shop.end("api", "10.1.0.3"), try Shop.end("db", "10.1.0.4")
        )
        for number in 0..<10 {
            let second = Double(number)
            preview.take(Shop.talk(web, api, 8080 + UInt16(number % 2), at: second))
            preview.take(Shop.talk(api, db, 5432, at: second))
            preview.take(Shop.talk(api, try Shop.outside("203.0.113.7", name: "pay.bank.example"), 443, at: second))
            preview.take(Shop.talk(api, try Shop.outside("198.51.100.1", name: "evil.example"), 443, at: second))
        }
        preview.take(Shop.talk(api, try Shop.outside("192.0.2.53"), 53, at: 11, protocolNumber: 17))
        var goesOn = Shop.talk(api, try Shop.outside("192.0.2.53"), 53, at: 11, protocolNumber: 17)
        goesOn.isOver = false
        preview.take(goesOn)
        let result = preview.result
        let (webPlace, apiPlace) = (Place.workload(try Shop.workload("web")), Place.workload(try Shop.workload("api")))
        let resolver = Place.network(of: try Shop.address("192.0.2.53"))
        #expect(
            result.map(\.pair) == [
                PolicyPreview.Pair(rule: "crossing.undeclared", source: webPlace, destination: apiPlace),
                PolicyPreview.Pair(rule: "dns.resolver", source: apiPlace, destination: resolver),
                PolicyPreview.Pair(rule: "egress.undeclared", source: apiPlace, destination: .name("evil.example")),
                PolicyPreview.Pair(rule: "egress.undeclared", source: apiPlace, destination: resolver),
                PolicyPreview.Pair(rule: "rogue.image", source: .workload(try Shop.workload("db")), destination: nil),
            ]
        )
        #expect(result.map(\.hit.count) == [10, 1, 10, 1, 10])
        #expect(preview.judged == 41 && preview.spared == 0 && preview.omitted == 0)
        #expect(preview.egressUses == [10, 0] && preview.interfaceUses == [10, 0])
        let crossing = try #require(result.first?.hit)
        #expect(crossing.first == Shop.time(0) && crossing.last == Shop.time(10))
        #expect(crossing.examples == [0, 1000, 2000, 3000, 4000])
        #expect(crossing.services.map(\.description) == ["tcp/8080", "tcp/8081"])
    }

    @Test func exceptionsAndRulesThatAreOffHold() throws {
        var preview = try preview(Self.text + "\nrules:\n  egress: {enabled: false}\n")
        var old = try Shop.end("old", "10.1.0.9")
        old.container = Shop.container("old")
        preview.take(Shop.talk(old, try Shop.outside("198.51.100.1"), 443, at: 1))
        #expect(preview.result.isEmpty && preview.spared == 1)
        preview.take(Shop.talk(old, try Shop.outside("198.51.100.1"), 443, at: 1_900_000_000))
        #expect(preview.result.map(\.pair.rule) == ["rogue.image"])
    }

    @Test func withoutDeclarationsNothingIsHit() throws {
        var preview = try preview("")
        preview.take(Shop.talk(try Shop.end("web", "10.1.0.2"), try Shop.outside("198.51.100.1"), 443, at: 1))
        #expect(preview.result.isEmpty && preview.judged == 1)
    }

    @Test func pairsAreBounded() throws {
        var preview = try preview("egress: [{to: 100.64.0.0/24}]")
        let web = try Shop.end("web", "10.1.0.2")
        for number in 0..<5000 {
            preview.take(Shop.talk(web, try Shop.outside("198.18.0.1", name: "x\(number).example"), 443, at: 1))
        }
        #expect(preview.result.count == PolicyPreview.limit && preview.omitted == 904)
    }

    @Test func whatIsGeneratedLetsPassWhatWasLearned() throws {
        let baseline = try Shop.learner().baseline
        var candidate = try ReadText.policy(
            "sensitivity: {default: internal, rules: [{level: restricted, image: '*/db:*'}]}"
        )
        let generated = try ReadText.policy(baseline.policyText(for: candidate))
        candidate.egress = generated.egress
        candidate.interfaces = generated.interfaces
        var preview = PolicyPreview(CompiledPolicy(candidate))
        let (web, api) = (try Shop.end("web", "10.1.0.2"), try Shop.end("api", "10.1.0.3"))
        preview.take(Shop.talk(api, try Shop.end("db", "10.1.0.4"), 5432, at: 1))
        preview.take(Shop.talk(web, api, 8080, at: 2))
        preview.take(Shop.talk(api, try Shop.outside("203.0.113.7", name: "pay.bank.example"), 443, at: 3))
        preview.take(Shop.talk(api, try Shop.outside("192.0.2.53"), 53, at: 4, protocolNumber: 17))
        #expect(preview.result.isEmpty)
        #expect(preview.interfaceUses == [1] && preview.egressUses == [1, 1])
        preview.take(Shop.talk(web, try Shop.end("db", "10.1.0.4"), 5432, at: 5))
        preview.take(Shop.talk(web, try Shop.outside("203.0.113.7", name: "pay.bank.example"), 443, at: 6))
        #expect(preview.result.map(\.pair.rule) == ["crossing.undeclared", "egress.undeclared"])
    }
}
