import Testing

@testable import Configuration

@Suite("What is no YAML we read")
struct SyntaxTests {
    @Test(
        arguments: [
            (
                "log: {level: info",
                "2:1: no YAML: while parsing a flow mapping (line 1), did not find expected ',' or '}'"
            ),
            (
                "log: {level: \"info}\n",
                "2:1: no YAML: while scanning a quoted scalar (line 1), found unexpected end of stream"
            ),
            ("log: a: b", "1:7: no YAML: mapping values are not allowed in this context"),
            (
                "log:\n\tlevel: info",
                "2:1: no YAML: while scanning for the next token (line 2), found character that cannot start any token"
            ),
            (
                "log: {}\n---\nlog: {}",
                "2:1: no YAML: expected a single document in the stream (line 1), but found another document"
            ),
            (
                "log:\n  level: \"\\uD800\"",
                "2:13: no YAML: while parsing a quoted scalar (line 2), found invalid Unicode character escape code"
            ),
            (
                "store: &s\n  path: /a",
                "2:7: no YAML: mapping values are not allowed in this context; anchors, aliases and tags are not read here"
            ),
            ("log: {level: &l info}", "1:14: log.level wants a level, not an anchor, which is not read here"),
            ("log: {level: *l}", "1:14: log.level wants a level, not an alias, which is not read here"),
            ("log: {level: !!str info}", "1:14: log.level wants a level, not a tag, which is not read here"),
            ("log: &a {}", "1:6: log wants keys of its own, not an anchor, which is not read here"),
            ("*a : 1", "1:1: a key is a word, not an alias, which is not read here"),
        ]
    )
    func isToldAtItsPlace(text: String, line: String) {
        let problems = ReadText.problems(text)
        #expect(problems.first == "p.yaml:" + line)
    }

    @Test func whatIsReplacedForTheParserComesBack() throws {
        #expect(try ReadText.configuration("store: {path: \"/a & b*c!?\"}").store.path == "/a & b*c!?")
        #expect(try ReadText.configuration("store: {path: '/&'}").store.path == "/&")
        #expect(try ReadText.configuration("store:\n  path: /what?*").store.path == "/what?*")
        #expect(ReadText.problems("what!?&*: 1") == ["p.yaml:1:1: unknown key \"what!?&*\""])
    }

    @Test(arguments: [
        "", "\n", "# nothing & *nobody\n", "---\n", "---\n...\n", "~", "log:\nstore:\n", "{}", "\u{feff}",
        "%YAML 1.1\n---\n",
    ])
    func nothingIsAllDefaults(text: String) throws {
        #expect(try ReadText.configuration(text) == Configuration())
    }

    @Test(arguments: ["\n", "\r\n", "\r"]) func linesAreCountedWhateverEndsThem(end: String) {
        let text = ["# ü", "log:", "  level: x", "  level: info", ""].joined(separator: end)
        let problems = ReadText.problems(text)
        #expect(problems.count == 2)
        #expect(problems.first?.hasPrefix("p.yaml:3:10: log.level") == true)
        #expect(problems.last == "p.yaml:4:3: key \"level\" stands in line 3 already")
    }

    @Test func columnsCountCharacters() {
        #expect(ReadText.problems("{\"ü😀\": 1, x: 2}").last == "p.yaml:1:11: unknown key \"x\"")
    }
}
