import Foundation
import Support
import Testing

/// `portolan policy learn`, `generate` and `preview`, one after the other as a person does it.
@Suite("portolan policy, learned and tried")
struct BaselineCommandTests {
    private static let shop = "Captures/shop/shop-any.pcap"
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func write(_ text: String, as name: String) throws -> String {
        try folder.write(Array(text.utf8), as: name).path
    }

    private func learned() throws -> String {
        let outcome = try Command.run("policy", "learn", "-r", Self.shop)
        #expect(outcome.status == 0)
        // What was lost is said, and never as none.
        #expect(outcome.errors.contains("losses not known"))
        return try write(outcome.output, as: "baseline.yaml")
    }

    @Test func aCaptureTeachesTheSameEachTimeAndCanBeGoneOnWith() throws {
        let first = try Command.run("policy", "learn", "-r", Self.shop).output
        #expect(try Command.run("policy", "learn", "-r", Self.shop).output == first)
        #expect(first.contains("profiles:\n"))
        let further = try Command.run("policy", "learn", "-r", Self.shop, "--baseline", try learned())
        #expect(further.status == 0)
        let counts = { (text: String) in text.split(separator: "\n").first { $0.hasPrefix("conversations:") } }
        #expect(counts(further.output) != counts(first))
    }

    /// What stands in a database teaches as the capture did that was loaded into it.
    @Test func whatIsRememberedTeachesAsItDidWhenItPassed() throws {
        let database = folder.path("shop.db").path
        #expect(try Command.run("replay", "-r", Self.shop, "--database", database).status == 0)
        let passed = try Command.run("policy", "learn", "-r", Self.shop)
        let remembered = try Command.run("policy", "learn", "--database", database)
        #expect(remembered.status == 0)
        // Which of two twins counts is another matter than that one does.
        func count(_ errors: String) -> Substring { errors.drop { $0 != "," } }
        #expect(count(remembered.errors) == count(passed.errors))
        func names(_ text: String) -> Set<String> {
            Set(text.matches(of: #/- name: "(.*)"/#).map { String($0.output.1) })
        }
        #expect(names(passed.output) == ["catalog.shop.svc.cluster.local", "pay.example"])
        #expect(names(remembered.output) == names(passed.output))
    }

    @Test(arguments: [
        ["-r", shop, "-i", "lo"], ["-r", shop, "--duration", "1"], ["-i", "lo", "--since", "5m"],
        ["-i", "lo", "--socket", "/nowhere"], ["--vxlan-port", "4790"], ["-r", shop, "--database", "/nowhere.db"],
        ["-i", "lo", "--identity", "/nowhere"],
    ])
    func whatDoesNotGoTogetherIsRefused(options: [String]) throws {
        let outcome = try Command.run(["policy", "learn"] + options)
        #expect(outcome.status == 64 && outcome.output.isEmpty)
        #expect(outcome.errorLines.count == 1)
    }

    @Test(arguments: ["policy", "kubernetes", "compose", "nft"])
    func everyFormIsWritten(form: String) throws {
        let outcome = try Command.run("policy", "generate", "--baseline", try learned(), "--form", form)
        #expect(outcome.status == 0)
        // Nothing of this capture is of a Compose project.
        #expect(outcome.output.isEmpty == (form == "compose"))
        #expect(outcome.errors.isEmpty == (form != "compose"))
    }

    @Test func whatIsWrongIsToldWithItsPlace() throws {
        let file = try write("version: 1\nprofilse: []\n", as: "wrong.yaml")
        let outcome = try Command.run("policy", "generate", "--baseline", file)
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errorLines.contains { $0.hasPrefix("\(file):2:1: ") && $0.contains("\"profiles\"") })
        #expect(try Command.run("policy", "generate", "--baseline", "/nowhere.yaml").status == 2)
        #expect(try Command.run("policy", "learn", "--identity", "/nowhere").status == 64)
        #expect(try Command.run("policy", "learn", "--database", "/nowhere.db").status == 2)
        #expect(try Command.run("policy", "preview", "-r", Self.shop).status == 64)
    }

    @Test func aPreviewSaysWhatWouldHaveBeenHit() throws {
        let policy = try write(
            "sensitivity: {rules: [{level: restricted, cidr: 10.244.2.20/32}, {level: internal, cidr: 10.244.0.0/16}]}\n",
            as: "policy.yaml"
        )
        let outcome = try Command.run("policy", "preview", "--policy", policy, "-r", Self.shop)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("  crossing.undeclared  "))
        let none = try write("approved_images: []\n", as: "none.yaml")
        #expect(try Command.run("policy", "preview", "--policy", none, "-r", Self.shop).output.contains(", 0 hits\n"))
    }

    @Test func aPolicyThatNamesABaselineGoesByIt() throws {
        let baseline = try write("version: 1\nprofiles: []\n", as: "empty.yaml")
        let good = try write("baseline: \(baseline)\n", as: "good.yaml")
        #expect(try !Command.run("policy", "check", "--policy", good).output.contains("baseline.destination abstains"))
        let lost = try write("baseline: /nowhere.yaml\n", as: "lost.yaml")
        let outcome = try Command.run("alerts", "-r", Self.shop, "--policy", lost)
        #expect(outcome.status == 0 && outcome.output.contains("scan.vertical"))
        #expect(outcome.errors.contains("/nowhere.yaml: no such file"))
    }
}
