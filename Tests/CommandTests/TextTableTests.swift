import Testing

@testable import portolan

@Suite("Text table")
struct TextTableTests {
    private let plain = TextStyle(choice: .never)

    @Test func alignsWordsToTheLeftAndFiguresToTheRight() {
        var table = TextTable("Heading", note: " (note)", figures: ["n", "bytes"])
        table.add(["a", "bcd"], ["1", "10 B"])
        table.add(["abcdefghij", "e"], ["1,000", "1 B"])
        let lines = [
            "Heading (note)         n  bytes",
            "  a           bcd      1   10 B",
            "  abcdefghij  e    1,000    1 B",
        ]
        #expect(table.lines(plain) == lines)
    }

    @Test func isNothingWithoutRows() {
        #expect(TextTable("Heading", figures: ["n"]).lines(plain).isEmpty)
    }

    @Test func alignsWideLettersByTheirColumns() {
        var table = TextTable("Names", figures: ["n"])
        table.add(["日本.example"], ["1"])
        table.add(["cafe\u{301}.example"], ["2"])
        let lines = table.lines(plain)
        #expect(Set(lines.map { TerminalWidth.of($0) }).count == 1)
    }
}

@Suite("Columns of text")
struct TerminalWidthTests {
    @Test(arguments: [("", 0), ("abc", 3), ("日本", 4), ("e\u{301}", 1), ("🐳", 2), ("→…", 2), ("한국", 4)])
    func countsColumns(text: String, columns: Int) {
        #expect(TerminalWidth.of(text) == columns)
    }

    @Test(
        arguments: [
            ("catalog.shop.svc.cluster.local", 30, "catalog.shop.svc.cluster.local"),
            ("catalog.shop.svc.cluster.local", 11, "catalog…cal"), ("abcdef", 4, "ab…f"), ("abcdef", 1, "…"),
            ("abcdef", 0, ""), ("日本日本", 5, "日…"), ("日本日本", 7, "日本…本"), ("日本日本", 4, "日…"),
        ]
    )
    func leavesOutTheMiddle(text: String, limit: Int, short: String) {
        #expect(TerminalWidth.shorten(text, to: limit) == short)
    }
}
