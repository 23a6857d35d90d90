import Declarations
import Testing

@testable import Policy

@Suite("Mistakes in a policy")
struct PolicyMistakeTests {
    private static let kinds = "label, image, name, namespace, pod, network, segment, cidr"

    @Test(
        arguments: [
            ("sensitivty: {}", "1:1: unknown key \"sensitivty\"; did you mean \"sensitivity\"?"),
            ("sensitivity: 5", "1:14: sensitivity wants keys of its own, not \"5\""),
            ("[]", "1:1: the file wants keys such as sensitivity:, not a list"),
            ("sensitivity: {lvels: [a, b]}", "1:15: unknown key \"lvels\" in sensitivity; did you mean \"levels\"?"),
            ("sensitivity: {levels: [a]}", "1:23: sensitivity.levels wants at least two levels, the least first"),
            ("sensitivity: {levels: [a, a]}", "1:23: sensitivity.levels has a level twice"),
            ("sensitivity: {levels: [a, \"b c\"]}", "1:27: sensitivity.levels wants the name of a level, not \"b c\""),
            (
                "sensitivity: {default: intern}",
                "1:24: sensitivity.default is one of public, internal, restricted, not \"intern\""
            ),
            (
                "sensitivity: {rules: [{level: internl, image: x}]}",
                "1:31: sensitivity.rules.level is one of public, internal, restricted, not \"internl\";"
                    + " did you mean \"internal\"?"
            ),
            ("sensitivity: {rules: [{image: x}]}", "1:23: sensitivity.rules wants the key level, a level"),
            ("sensitivity: {rules: [{level: public}]}", "1:23: sensitivity.rules wants one of \(kinds)"),
            (
                "sensitivity: {rules: [{level: public, imgae: x}]}",
                "1:39: unknown key \"imgae\" in sensitivity.rules; did you mean \"image\"?"
            ),
            (
                "sensitivity: {rules: [{level: public, cidr: 10.0.0.1/8}]}",
                "1:45: sensitivity.rules.cidr has bits behind its length in \"10.0.0.1/8\"; did you mean \"10.0.0.0/8\"?"
            ),
            (
                "sensitivity: {rules: [{level: public, cidr: 10.0.0.0/33}]}",
                "1:45: sensitivity.rules.cidr wants a block of addresses such as 10.0.0.0/8, not \"10.0.0.0/33\""
            ),
            (
                "sensitivity: {rules: [{level: public, label: \"=x\"}]}",
                "1:46: sensitivity.rules.label wants a label such as tier=db, not \"=x\""
            ),
            (
                "sensitivity: {rules: [{level: public, label: \"a*=x\"}]}",
                "1:46: sensitivity.rules.label wants the whole key of a label, without stars, not \"a*\""
            ),
            ("interfaces: {from: a}", "1:13: interfaces wants a list, not a mapping"),
            ("interfaces: [{from: public}]", "1:14: interfaces wants the key to, a level"),
            (
                "interfaces: [{from: public, to: public}]",
                "1:14: interfaces wants two levels; within one nothing need be declared"
            ),
            (
                "interfaces: [{from: public, to: internal, ports: [0]}]",
                "1:51: interfaces.ports wants a port or a range such as 8000-8100, 1 to 65535, not \"0\""
            ),
            (
                "interfaces: [{from: public, to: internal, ports: 90-80}]",
                "1:50: interfaces.ports begins behind its end in \"90-80\"; did you mean \"80-90\"?"
            ),
            (
                "interfaces: [{from: public, to: internal, protocol: TCP}]",
                "1:53: interfaces.protocol is one of tcp, udp, sctp, icmp, ipv6-icmp, not \"TCP\"; did you mean \"tcp\"?"
            ),
            (
                "interfaces: [{from: public, to: internal, protocol: icmp, ports: 80}]",
                "1:66: interfaces.ports cannot be said of icmp, which has no ports"
            ),
            (
                "interfaces: [{from: public, to: internal, direction: bth}]",
                "1:54: interfaces.direction is one of one_way, both, not \"bth\"; did you mean \"both\"?"
            ),
            (
                "interfaces: [{from: public, to: internal, source: {label: app=x}}]",
                "1:51: interfaces.source goes by the label \"app\", which any container can have; name it in"
                    + " trusted_labels if only you can set it"
            ),
            (
                "egress: [{to: \"https://example.org/x\"}]",
                "1:15: egress.to wants a block of addresses or a domain, not \"https://example.org/x\";"
                    + " did you mean \"example.org\"?"
            ),
            ("feeds: [{name: a, file: /a}]", "1:9: feeds wants the key format, a format"),
            (
                "feeds: [{name: a, file: /a, format: host}]",
                "1:37: feeds.format is one of addresses, domains, hosts, drop, not \"host\"; did you mean \"hosts\"?"
            ),
            (
                "feeds: [{name: a, file: \"file:///a\", format: hosts}]",
                "1:25: feeds.file wants the absolute path of a file, not \"file:///a\"; did you mean \"/a\"?"
            ),
            (
                "exceptions: [{rule: scan.vertical, reason: x}]",
                "1:14: exceptions wants the key until, a day such as 2027-03-31"
            ),
            (
                "exceptions: [{rule: scan.vertical, until: 2027-01-01}]",
                "1:14: exceptions wants the key reason, a sentence that says why"
            ),
            (
                "exceptions: [{rule: scan.vertical, reason: x, until: 2027-02-29}]",
                "1:54: exceptions.until wants a day such as 2027-03-31, not \"2027-02-29\""
            ),
            (
                "exceptions: [{rule: scn.vertical, reason: x, until: 2027-02-28}]",
                "1:21: exceptions.rule speaks of no rule there is in \"scn.vertical\"; did you mean \"scan.vertical\"?"
            ),
            (
                "exceptions: [{rule: \"foo.*\", reason: x, until: 2027-02-28}]",
                "1:21: exceptions.rule wants the identifier of a rule, or a pattern such as scan.*, and no rule is like"
                    + " \"foo.*\""
            ),
            (
                "rules: {scan.verticl: {enabled: false}}",
                "1:9: a key of rules speaks of no rule there is in \"scan.verticl\"; did you mean \"scan.vertical\"?"
            ),
            ("rules: {scan: {enabled: no}}", "1:25: rules.scan.enabled is one of true, false, not \"no\""),
            (
                "rules: {scan: {severity: hihg}}",
                "1:26: rules.scan.severity is one of low, medium, high, critical, or a number from 0 to 100, not \"hihg\";"
                    + " did you mean \"high\"?"
            ),
            (
                "rules: {scan: {severity: 101}}",
                "1:26: rules.scan.severity is one of low, medium, high, critical, or a number from 0 to 100, not \"101\""
            ),
            (
                "rules: {scan: {response: kill}}",
                "1:26: rules.scan.response is one of alert, block, quarantine, not \"kill\""
            ),
            (
                "thresholds: {scna: {failures: 5}}",
                "1:14: a key of thresholds is not \"scna\", which is no name of a detector; did you mean \"scan\"?"
            ),
            (
                "thresholds: {scan: {failure: 5}}",
                "1:21: a key of thresholds.scan is not \"failure\", which is no name of a threshold;"
                    + " did you mean \"failures\"?"
            ),
            ("thresholds: {scan: {failures: 1}}", "1:31: thresholds.scan.failures is from 2 to 1000, not 1"),
            (
                "thresholds: {scan: {window: 5}}",
                "1:29: thresholds.scan.window has no unit in \"5\"; units are s, m, h, d"
            ),
            ("approved_images: {a: b}", "1:18: approved_images wants a list, not a mapping"),
            ("tunnel_ends: [x]", "1:15: tunnel_ends wants a block of addresses such as 10.0.0.0/8, not \"x\""),
            ("bastions: [{}]", "1:12: bastions wants one of \(kinds)"),
            (
                "never_block: [{label: x}]",
                "1:15: never_block goes by the label \"x\", which any container can have; name it in trusted_labels"
                    + " if only you can set it"
            ),
            ("resolvers: [10.0.0.1]\nresolvers: []", "2:1: key \"resolvers\" stands in line 1 already"),
        ] as [(String, String)]
    )
    func isToldInOneLine(text: String, line: String) {
        #expect(ReadPolicy.problems(text) == ["p.yaml:" + line])
    }

    @Test func areAllToldInTheOrderOfTheirLines() {
        let text = """
            never_block: [{label: x}]
            sensitivity:
              default: none
              rules: [{level: x, image: a}]
            rules: {nothing: {}}
            feeds: 3
            """
        let problems = ReadPolicy.problems(text)
        #expect(
            problems.map { $0.prefix { $0 != " " } } == [
                "p.yaml:1:15:", "p.yaml:3:12:", "p.yaml:4:19:", "p.yaml:5:9:", "p.yaml:6:8:",
            ]
        )
    }

    @Test func keysOfASectionAreNamedWithIt() {
        let text = "log: {level: info}\npolicy:\n  resolvers: [x]\n  foo: 1"
        #expect(
            ReadPolicy.problems(text, isSection: true) == [
                "p.yaml:3:15: policy.resolvers wants a block of addresses such as 10.0.0.0/8, not \"x\"",
                "p.yaml:4:3: unknown key \"foo\" in policy",
            ]
        )
    }

    @Test func textsThatAreHostileReachNoTerminal() {
        let problems = ReadPolicy.problems(
            "rules: {\"\\e[31m\": {}}\napproved_images: [\"\\e]0;x\\a\"]\n\"\\u202e\": 1"
        )
        #expect(problems.count == 3)
        #expect(problems.joined().unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }

    @Test func manyAreCounted() {
        let text = "resolvers: [\(Array(repeating: "x", count: 1000).joined(separator: ", "))]"
        let problems = ReadPolicy.problems(text)
        #expect(problems.count == 101 && problems.last == "and 900 more")
    }

    @Test func whatCannotBeReadIsTold() throws {
        let rejection = try #require(throws: Rejection.self) {
            try DeclaredPolicy.read(.file("/nonexistent/policy.yaml"))
        }
        #expect(rejection.isUnreadable && rejection.lines == ["/nonexistent/policy.yaml: no such file"])
    }

    @Test func moreBlocksThanCanBeCompiledAreRefused() {
        let lists = (0..<245).map { list in
            "{level: public, cidr: [\((0..<250).map { "10.\(list).\($0).0" }.joined(separator: ","))]}"
        }
        let text = "sensitivity: {rules: [\(lists.joined(separator: ",\n"))]}"
        #expect(
            ReadPolicy.problems(text) == [
                "p.yaml:1:1: 61250 blocks of addresses or domains in it; at most 60000, more belong in feeds"
            ]
        )
    }
}
