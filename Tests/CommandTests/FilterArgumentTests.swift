import Records
import Testing

@testable import portolan

/// What stands before a filter, and which of its names was used, are kept past ArgumentParser.
@Suite("Filters among the arguments")
struct FilterArgumentTests {
    @Test(
        arguments: [
            (["--port", "53"], ["--port=[|53]"]), (["--port=53"], ["--port=[|53]"]),
            (["--from-port", "53"], ["--from-port=[from-|53]"]), (["--not", "--port", "53"], ["--port=[not |53]"]),
            (["--not", "--to-pod=a=b"], ["--to-pod=[not to-|a=b]"]), (["--label="], ["--label=[|]"]),
            (
                ["-r", "x", "--not", "--ip", "1", "--ip", "2", "-o", "json"],
                ["-r", "x", "--ip=[not |1]", "--ip=[|2]", "-o", "json"]
            ),
            // What is wrong is for others to say.
            (["--not"], ["--not"]), (["--not", "tcp"], ["--not", "tcp"]), (["--not", "-n"], ["--not", "-n"]),
            (["--not", "--not", "--port", "1"], ["--not", "--port=[not |1]"]), (["--port"], ["--port"]),
            (["--not", "--port"], ["--port"]), (["--port", "-n"], ["--port", "-n"]),
            (["--from-protocol", "tcp"], ["--from-protocol", "tcp"]), (["--ports", "1"], ["--ports", "1"]),
            (["tcp", "--", "--port", "1"], ["tcp", "--", "--port", "1"]), (["--"], ["--"]), ([], []), (["-"], ["-"]),
            (["--not", "--", "--port", "1"], ["--not", "--", "--port", "1"]), ([""], [""]), (["--="], ["--="]),
        ]
    )
    func areMarked(arguments: [String], expected: [String]) {
        let shown = FilterArgument.marking(arguments).map { argument in
            var text = argument
            for end in ["[", "|"] {
                if let mark = text.firstRange(of: "\u{1}") { text.replaceSubrange(mark, with: end) }
            }
            return text == argument ? text : text + "]"
        }
        #expect(shown == expected)
    }

    @Test(arguments: [true, false], FilterSide.allCases)
    func areReadAsTheyWereMarked(isNegated: Bool, side: FilterSide) {
        for value in ["web", "", "\u{1}", "not x", "\u{1}not from-\u{1}y", "a=b"] {
            let argument = FilterArgument(isNegated: isNegated, side: side, value: value)
            #expect(FilterArgument(marked: argument.marked) == argument)
        }
    }

    @Test(arguments: ["web", "", "\u{1}", "\u{1}x", "\u{1}elsewhere\u{1}x"])
    func areValuesWithoutAMark(text: String) {
        #expect(FilterArgument(marked: text) == FilterArgument(value: text))
    }

    @Test func areToldAsTheyWereTyped() {
        #expect(FilterArgument(isNegated: true, side: .source, value: "x").typed("port") == "--not --from-port x")
        #expect(FilterArgument(value: "").typed("pod") == "--pod")
    }
}
