import Foundation
import Support
import Testing

/// `portolan policy check`, and what goes by a policy.
@Suite("portolan policy")
struct PolicyCommandTests {
    private static let shop = "Captures/shop/shop-any.pcap"
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func write(_ text: String, as name: String) throws -> String {
        try folder.write(Array(text.utf8), as: name).path
    }

    @Test func theShippedConfigurationIsGoodAndSaysWhatAbstains() throws {
        for option in ["--policy", "--config"] {
            let outcome = try Command.run("policy", "check", option, "Config/portolan.yaml")
            #expect(outcome.status == 0 && outcome.errors.isEmpty)
            #expect(outcome.output.hasPrefix("Config/portolan.yaml: good\n"))
            #expect(outcome.output.contains("egress.undeclared abstains: "))
        }
    }

    /// As the pages and the configuration have it.
    @Test func thresholdsOfScansAndFloodsAreSet() throws {
        let strict = "thresholds: {scan: {failures: 20, ports: 40, window: 10m}, flood: {syn: 1000, trust: 1}}\n"
        #expect(try Command.run("policy", "check", "--policy", try write(strict, as: "strict.yaml")).status == 0)
        let few = try write("thresholds: {scan: {failures: 4}}\n", as: "few.yaml")
        let outcome = try Command.run("policy", "check", "--policy", few)
        #expect(outcome.status == 1 && outcome.errors.contains("thresholds.scan.failures is from 5 to 50, not 4"))
        // Who is a scanner by the usual ones is none by others.
        let blind = "thresholds: {scan: {failures: 50, ports: 64, hosts: 64, slow: 1000}}\n"
        let rules = { (options: [String]) in
            try Command.run(["alerts", "-r", Self.shop, "-o", "json"] + options).records.compactMap { $0["rule.id"] }
        }
        #expect(try rules([]).contains("scan.vertical"))
        #expect(try !rules(["--policy", try write(blind, as: "blind.yaml")]).contains("scan.vertical"))
    }

    @Test func everyMistakeIsALineWithItsPlace() throws {
        let file = try write(
            """
            sensitivity:
              default: intrenal
            interfaces:
              - {from: public, to: restricted, protcol: tcp}
            rules:
              scan.vertica: {enabled: false}
            exceptions:
              - {rule: scan, reason: none}

            """,
            as: "policy.yaml"
        )
        let outcome = try Command.run("policy", "check", "--policy", file)
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errorLines.count == 4)
        #expect(outcome.errorLines.allSatisfy { $0.hasPrefix("\(file):") })
        for meant in ["\"internal\"", "\"protocol\"", "\"scan.vertical\"", "until"] {
            #expect(outcome.errors.contains(meant))
        }
    }

    @Test func linesOfAFeedThatCannotBeReadAreTold() throws {
        let feed = try write("192.0.2.0/24\nnonsense \u{1b}[31m\n", as: "feed.txt")
        let file = try write("feeds: [{name: f, file: \(feed), format: addresses}]\n", as: "policy.yaml")
        let outcome = try Command.run("policy", "check", "--policy", file)
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("1 entries; 1 of 2 lines could not be read"))
        #expect(outcome.errors.contains("\(feed):2:1: ") && !outcome.errors.contains("\u{1b}"))
        #expect(try Command.run("policy", "check", "--policy", "/nowhere.yaml").status == 2)
        #expect(try Command.run("policy", "check", "--policy", file, "--config", file).status == 64)
    }

    @Test func theConfigurationsCheckLooksAtThePolicyToo() throws {
        let file = try write("log: {level: debug}\npolicy:\n  sensitivity: {defalt: public}\n", as: "a.yaml")
        let outcome = try Command.run("config", "check", "--config", file)
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.count == 1 && outcome.errors.hasPrefix("\(file):3:17: "))
    }

    /// Whoever has the shop's store at another level than its web pages is told of each that calls it.
    private static let levels = """
        sensitivity:
          default: internal
          rules:
            - {level: internal, cidr: 10.244.0.0/16}
            - {level: restricted, cidr: 10.244.2.20/32}

        """

    @Test func alertsGoByIt() throws {
        // The rule that fits first counts.
        let wrong = try write(Self.levels, as: "wrong.yaml")
        #expect(try !Command.run("alerts", "-r", Self.shop, "--policy", wrong).output.contains("crossing.undeclared"))
        let right = try write(
            "sensitivity: {rules: [{level: restricted, cidr: 10.244.2.20/32}, {level: internal, cidr: 10.244.0.0/16}]}\n",
            as: "right.yaml"
        )
        let text = try Command.run("alerts", "-r", Self.shop, "--policy", right)
        #expect(text.status == 0 && text.output.contains("crossing.undeclared"))
        #expect(text.output.contains("no interface is declared from internal to restricted"))
        // As a section of a configuration it is the same.
        let section = try write(
            "policy: {sensitivity: {rules: [{level: restricted, cidr: 10.244.2.20/32}, {level: internal, cidr: 10.244.0.0/16}]}}\n",
            as: "section.yaml"
        )
        #expect(try Command.run("alerts", "-r", Self.shop, "--policy", section).output == text.output)
    }

    @Test func replayFailsByIt() throws {
        let off = try write("rules: {scan: {enabled: false}}\n", as: "off.yaml")
        let plain = try Command.run("replay", "-r", Self.shop, "--fail-on", "high")
        #expect(plain.status == 3)
        #expect(try Command.run("replay", "-r", Self.shop, "--fail-on", "high", "--policy", off).status == 0)
        #expect(try Command.run("replay", "-r", Self.shop, "--policy", off).status == 64)
        let broken = try write("rules: {scan: {enabled: perhaps}}\n", as: "broken.yaml")
        let outcome = try Command.run("replay", "-r", Self.shop, "--fail-on", "high", "--policy", broken)
        #expect(outcome.status == 1 && outcome.output.isEmpty && outcome.errorLines.count == 1)
    }

    @Test func feedsCount() throws {
        let feed = try write("10.244.2.0/24\n", as: "feed.txt")
        let file = try write("feeds: [{name: mine, file: \(feed), format: addresses}]\n", as: "policy.yaml")
        let outcome = try Command.run("alerts", "-r", Self.shop, "--policy", file)
        #expect(outcome.output.contains("destination.listed") && outcome.output.contains("is on the feed mine"))
    }
}
