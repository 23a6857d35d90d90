import Addressing
import Containers
import Declarations
import Foundation
import Support
import Testing

@testable import Baseline

@Suite("The file of a baseline")
struct BaselineFileTests {
    private func problems(_ text: String) -> [String] {
        do throws(Rejection) {
            _ = try Baseline.read(Array(text.utf8), of: "b.yaml")
            return []
        } catch {
            return error.lines
        }
    }

    @Test func whatIsWrittenIsRead() throws {
        let baseline = try Shop.learner().baseline
        let read = try Baseline.read(Array(baseline.text.utf8), of: "b.yaml")
        #expect(read == baseline)
        #expect(read.text == baseline.text)
    }

    /// Its example is read as it stands there, and every key has its line.
    @Test func theManualIsTrue() throws {
        let page = SharedCaptures.project.appendingPathComponent("Docs/Baseline.md")
        let manual = try String(contentsOf: page, encoding: .utf8)
        let example = try #require(manual.firstMatch(of: /```yaml\n([^`]*)```/)?.1)
        let baseline = try Baseline.read(Array(example.utf8), of: "b.yaml")
        #expect(baseline.profiles.count == 2 && baseline.loss.ratio ?? 1 < 0.001)
        let written = try Shop.learner().baseline.text
        let keys = Set(written.matches(of: /(?m)^[ -]*([a-z_]+):/).map { String($0.1) })
        #expect(keys.count > 15)
        for key in keys { #expect(manual.contains("`\(key)`"), "\(key)") }
    }

    @Test func nothingIsABaselineToo() throws {
        let read = try Baseline.read(Array(Baseline().text.utf8), of: "b.yaml")
        #expect(read == Baseline())
    }

    @Test func allPlacesAndServicesAreRead() throws {
        var learner = BaselineLearner()
        let web = try Shop.end("web", "10.1.0.2")
        let ends = [
            BaselineEnd(try Shop.address("10.1.0.1"), kind: .gateway),
            BaselineEnd(try Shop.address("10.1.0.1"), kind: .host),
            BaselineEnd(try Shop.address("192.168.7.1"), kind: .remoteHost), BaselineEnd(try Shop.address("fd00::7")),
            try Shop.outside("2001:db8::1"),
        ]
        for (number, end) in ends.enumerated() {
            learner.take(Shop.talk(web, end, 0, at: Double(number), protocolNumber: 58))
            learner.take(Shop.talk(end, web, 80, at: Double(number)))
            learner.take(Shop.talk(web, end, 0, at: Double(number), protocolNumber: 99))
        }
        for port in 0..<20 { learner.take(Shop.talk(web, ends[4], 9000 + UInt16(port), at: 10)) }
        let baseline = learner.baseline
        let read = try Baseline.read(Array(baseline.text.utf8), of: "b.yaml")
        #expect(read == baseline)
    }

    @Test(arguments: [
        "a\": b\n# x", "\u{1b}]0;x\u{7}", "[[[{{{&*!?", "\u{202e}abc", "~", "- a: b", "日本\u{1f980}", "\\x41'%",
    ])
    func namesOfOthersAreTextAndNothingElse(name: String) throws {
        var learner = BaselineLearner()
        var container = Container(key: ContainerKey(identifier: "x", generation: 1))
        container.description.image = name
        container.description.labels = ["app": name, "tier": name]
        container.description.podNamespace = name
        let end = BaselineEnd(try Shop.address("10.0.0.1"), container: container, name: name)
        learner.take(BaselineLookup(name, by: end, at: Shop.time(1)))
        learner.take(Shop.talk(end, try Shop.outside("203.0.113.1", name: name), 80, at: 2))
        let baseline = learner.baseline
        #expect(baseline.text.unicodeScalars.allSatisfy { " "..."~" ~= $0 || $0 == "\n" })
        let read = try Baseline.read(Array(baseline.text.utf8), of: "b.yaml")
        #expect(read == baseline)
    }

    @Test func mistakesHaveTheirPlace() throws {
        let text = """
            version: 1
            conversations: many
            profiles:
              - name: api
                workload:
                  labels:
                    ap: shop
                    app: api
                count: 1
                first: 2026-11-27T09:44:12Z
                last: 2026-11-27T09:44:11Z
              - name: web
                workload: {image: web}
                count: 1
                first: 2026-11-27T09:44:12Z
                last: 2026-11-27T09:44:12Z
                destinations:
                  - {workload: apii, protocol: tcp, port: 80, count: 1, first: 2026-11-27T09:44:12Z, last: 2026-11-27T09:44:12Z}
                  - {name: A.example, network: 10.0.0.0/8, protocol: tpc, count: 1, first: x, last: 2026-02-30T00:00:00Z}
            """
        #expect(
            problems(text) == [
                "b.yaml:2:16: conversations wants a number, not \"many\"",
                "b.yaml:4:5: profiles.last is before first",
                "b.yaml:7:9: unknown key \"ap\" in profiles.workload.labels; did you mean \"app\"?",
                "b.yaml:18:20: profiles.destinations.workload speaks of no profile there is in \"apii\"; did you mean \"api\"?",
                "b.yaml:19:80: profiles.destinations.first wants a moment such as 2026-11-27T09:44:12Z, not \"x\"",
                "b.yaml:19:89: profiles.destinations.last wants a moment such as 2026-11-27T09:44:12Z, not \"2026-02-30T00:00:00Z\"",
            ]
        )
    }

    @Test(arguments: [
        ("", "b.yaml:1:1: no baseline: nothing is in it"),
        ("conversations: 1", "b.yaml:1:1: wants the key version, a number"),
        ("version: 2", "b.yaml:1:1: version is 2; this program reads version 1"),
        ("- a", "b.yaml:1:1: the file wants keys such as version:, not a list"),
        ("version: 1\nprofiles: 3", "b.yaml:2:11: profiles wants a list, not \"3\""),
    ])
    func whatIsNoBaselineIsRefused(text: String, problem: String) {
        #expect(problems(text) == [problem])
    }

    @Test func profilesAreDifferent() {
        let one = """
              - name: api
                workload: {image: api}
                count: 1
                first: 2026-11-27T09:44:12Z
                last: 2026-11-27T09:44:12Z
            """
        #expect(
            problems("version: 1\nprofiles:\n\(one)\n\(one)\n") == [
                "b.yaml:8:5: profiles has two of the name \"api\"", "b.yaml:8:5: profiles has two of one workload",
            ]
        )
    }

    @Test(arguments: [0, 1, 86_399, 86_400, 951_782_399, 1_700_000_001, 4_102_444_800] as [Int64])
    func momentsAreReadAsTheyAreWritten(second: Int64) {
        #expect(MomentText.second(MomentText.text(second)) == second)
    }

    @Test func momentsAreThoseOfTheCalendar() {
        #expect(
            MomentText.text(1_700_000_001) == "2023-11-14T22:13:21Z" && MomentText.text(-5) == "1970-01-01T00:00:00Z"
        )
        for text in [
            "2023-11-14", "2023-11-14T24:00:00Z", "2023-11-14T1:00:00Z", "2023-11-14T01:00:00", "2023-11-14T+1:00:00Z",
        ] {
            #expect(MomentText.second(text) == nil, "\(text)")
        }
    }

    @Test func workloadsHaveNamesThatDiffer() throws {
        var one = Workload()
        one.image = "Über/Äpi_Server"
        var other = one
        other.labels = [Workload.Label(key: "app", value: "pi-server")]
        var third = Workload()
        third.image = "///"
        let names = WorkloadNames([other, one, third, try Shop.workload("web")])
        #expect(names[one] == "pi-server" && names[other] == "pi-server-2")
        #expect(names[third] == "workload")
        let web = try Shop.workload("web")
        #expect(names[web] == "shop-web")
        for workload in [one, other, third] { #expect(WorkloadNames.isWord(names[workload])) }
    }
}
