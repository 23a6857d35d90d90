import Testing

import Declarations

@testable import Configuration

@Suite("Mistakes in the configuration")
struct MistakeTests {
    @Test(
        arguments: [
            // Keys.
            ("captur: {}", "1:1: unknown key \"captur\"; did you mean \"capture\"?"),
            ("capture:\n  bufer_size: 1", "2:3: unknown key \"bufer_size\" in capture; did you mean \"buffer_size\"?"),
            ("store: {flows: {aeg: 7d}}", "1:17: unknown key \"aeg\" in store.flows; did you mean \"age\"?"),
            ("buffer_size: 1", "1:1: unknown key \"buffer_size\"; did you mean \"capture.buffer_size\"?"),
            ("age: 1d", "1:1: unknown key \"age\""),
            ("capture.buffer_size: 1MiB", "1:1: unknown key \"capture.buffer_size\""),
            ("colour: red", "1:1: unknown key \"colour\""),
            ("\"\": 1", "1:1: unknown key \"\""),
            ("[log]: 1", "1:1: a key is a word, not a list"),
            ("log: {<<: {level: info}}", "1:7: unknown key \"<<\" in log"),
            // Kinds.
            ("- log", "1:1: the file wants sections such as capture:, not a list"),
            ("log", "1:1: the file wants sections such as capture:, not \"log\""),
            ("capture: 5", "1:10: capture wants keys of its own, not \"5\""),
            ("store:\n  flows: [7d]", "2:10: store.flows wants keys of its own, not a list"),
            ("capture: {snapshot_length: [1]}", "1:28: capture.snapshot_length wants a number, not a list"),
            ("capture: {buffer_size: {a: b}}", "1:24: capture.buffer_size wants a size such as 16MiB, not a mapping"),
            ("capture: {interfaces: eth0}", "1:23: capture.interfaces wants a list, not \"eth0\""),
            ("capture:\n  interfaces:", "2:14: capture.interfaces wants a list, not nothing"),
            ("log:\n  level:\n", "2:9: log.level wants a level, not nothing"),
            ("api: {group: ~}", "1:14: api.group wants the name of a group, not nothing"),
            // Numbers.
            ("capture: {snapshot_length: many}", "1:28: capture.snapshot_length wants a number, not \"many\""),
            ("capture: {snapshot_length: 0100}", "1:28: capture.snapshot_length wants a number, not \"0100\""),
            ("capture: {snapshot_length: 2e3}", "1:28: capture.snapshot_length wants a number, not \"2e3\""),
            ("capture: {snapshot_length: 63}", "1:28: capture.snapshot_length is from 64 to 262144, not 63"),
            ("capture: {snapshot_length: 262145}", "1:28: capture.snapshot_length is from 64 to 262144, not 262145"),
            ("capture: {vxlan_ports: [0]}", "1:25: capture.vxlan_ports wants a port from 1 to 65535, not \"0\""),
            (
                "capture:\n  vxlan_ports:\n  - 70000",
                "3:5: capture.vxlan_ports wants a port from 1 to 65535, not \"70000\""
            ),
            // Sizes and times.
            (
                "capture: {buffer_size: 16MB}",
                "1:24: capture.buffer_size has an unknown unit in \"16MB\"; units are KiB, MiB, GiB, TiB;"
                    + " did you mean \"16MiB\"?"
            ),
            ("store: {size: 100}", "1:15: store.size has no unit in \"100\"; units are KiB, MiB, GiB, TiB"),
            ("store: {size: big}", "1:15: store.size wants a size such as 16MiB, not \"big\""),
            ("store: {size: -1GiB}", "1:15: store.size wants a size such as 16MiB, not \"-1GiB\""),
            (
                "store: {size: 1.5GiB}",
                "1:15: store.size has an unknown unit in \"1.5GiB\"; units are KiB, MiB, GiB, TiB"
            ),
            ("capture: {buffer_size: 511KiB}", "1:24: capture.buffer_size is from 512KiB to 1GiB, not \"511KiB\""),
            ("capture: {buffer_size: 1025MiB}", "1:24: capture.buffer_size is from 512KiB to 1GiB, not \"1025MiB\""),
            (
                "store: {size: 999999999999999999TiB}",
                "1:15: store.size is from 16MiB to 64TiB, not \"999999999999999999TiB\""
            ),
            (
                "store: {flows: {age: 7days}}",
                "1:22: store.flows.age has an unknown unit in \"7days\"; units are s, m, h, d; did you mean \"7d\"?"
            ),
            ("store: {flows: {age: 59m}}", "1:22: store.flows.age is from 1h to 3650d, not \"59m\""),
            ("store: {audit: {size: 1KiB}}", "1:23: store.audit.size is from 1MiB to 64TiB, not \"1KiB\""),
            // Texts.
            ("log: {level: warn}", "1:14: log.level is one of \(levels), not \"warn\""),
            ("log: {level: INFO}", "1:14: log.level is one of \(levels), not \"INFO\"; did you mean \"info\"?"),
            (
                "log: {level: wraning}",
                "1:14: log.level is one of \(levels), not \"wraning\"; did you mean \"warning\"?"
            ),
            ("api: {socket: run/a.sock}", "1:15: api.socket wants the absolute path of a socket, not \"run/a.sock\""),
            ("api: {socket: \"\"}", "1:15: api.socket wants the absolute path of a socket, not \"\""),
            ("api: {group: \"a b\"}", "1:14: api.group wants the name of a group, not \"a b\""),
            (
                "containers: {runtimes: [\"unix:///run/a.sock\"]}",
                "1:25: containers.runtimes wants the absolute path of a socket, not \"unix:///run/a.sock\";"
                    + " did you mean \"/run/a.sock\"?"
            ),
            ("store: {path: portolan.db}", "1:15: store.path wants an absolute path, or \"\", not \"portolan.db\""),
            ("store: {path: /var/}", "1:15: store.path wants an absolute path, or \"\", not \"/var/\""),
            ("store: {path: \"/a\\0b\"}", "1:15: store.path wants an absolute path, or \"\", not \"/a\u{fffd}b\""),
            (
                "capture: {interfaces: [eth0, a/b]}",
                "1:30: capture.interfaces wants the name of an interface, not \"a/b\""
            ),
            (
                "containers: {owner_labels: [\"a b\"]}",
                "1:29: containers.owner_labels wants the key of a label, not \"a b\""
            ),
            // Addresses.
            (
                "metrics: {listen: localhost}",
                "1:19: metrics.listen wants a port as well, such as 127.0.0.1:9477, not \"localhost\""
            ),
            (
                "metrics: {listen: 127.0.0.1:99999}",
                "1:19: metrics.listen wants a port from 1 to 65535, not \"99999\" in \"127.0.0.1:99999\""
            ),
            (
                "metrics: {listen: 127.0.0.256:9477}",
                "1:19: metrics.listen has no address and no name of a host before the port in \"127.0.0.256:9477\""
            ),
            (
                "metrics: {listen: \":9477\"}",
                "1:19: metrics.listen wants an address before the port; did you mean \"0.0.0.0:9477\"?"
            ),
            (
                "metrics: {listen: \"::1:9477\"}",
                "1:19: metrics.listen wants an IPv6 address in brackets; did you mean \"[::1]:9477\"?"
            ),
            (
                "metrics: {listen: \"[x]:9477\"}",
                "1:19: metrics.listen has no address and no name of a host before the port in \"[x]:9477\""
            ),
        ]
    )
    func isToldInOneLine(text: String, line: String) {
        #expect(ReadText.problems(text) == ["p.yaml:" + line])
    }

    private static let levels = "trace, debug, info, notice, warning, error, critical"

    @Test func areAllTold() {
        let text = """
            log: {level: loud}
            capture:
              buffer_size: 1
              vxlan_ports: [1, 0, x]
            stor: 1
            """
        let problems = ReadText.problems(text)
        #expect(problems.count == 5)
        #expect(
            problems.map { $0.prefix { $0 != " " } } == [
                "p.yaml:1:14:", "p.yaml:3:16:", "p.yaml:4:20:", "p.yaml:4:23:", "p.yaml:5:1:",
            ]
        )
    }

    @Test func keysThatStandTwiceAreToldEachAtItsPlace() {
        let text = """
            log: {level: info, level: debug, level: x}
            "log": {}
            api:
              group: a
              'group': b
            api: {}
            """
        #expect(
            ReadText.problems(text) == [
                "p.yaml:1:20: key \"level\" stands in line 1 already",
                "p.yaml:1:34: key \"level\" stands in line 1 already",
                "p.yaml:1:41: log.level is one of \(Self.levels), not \"x\"",
                "p.yaml:2:1: key \"log\" stands in line 1 already",
                "p.yaml:5:3: key \"group\" stands in line 4 already",
                "p.yaml:6:1: key \"api\" stands in line 3 already",
            ]
        )
    }

    @Test func listsThatAreTooLongAreRefused() {
        let ports = (1...17).map(String.init).joined(separator: ", ")
        #expect(
            ReadText.problems("capture: {vxlan_ports: [\(ports)]}") == [
                "p.yaml:1:24: capture.vxlan_ports is a list of at most 16, not of 17"
            ]
        )
    }

    @Test func aProblemHasItsParts() throws {
        var reader = ConfigurationReader()
        reader.take(Array("\n\ncapture: {buffer_size: 1MB}".utf8), of: "p.yaml")
        let problem = try #require(reader.rejection.problems.first)
        #expect(problem.file == "p.yaml" && problem.key == "capture.buffer_size" && problem.suggestion == "1MiB")
        #expect(problem.place == TextPlace(line: 3, column: 24))
        #expect(!reader.rejection.isUnreadable)
    }
}
