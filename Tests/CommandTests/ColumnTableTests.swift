import Testing

@testable import portolan

@Suite("Column table")
struct ColumnTableTests {
    private let plain = TextStyle(choice: .never)

    private var table: ColumnTable {
        var table = ColumnTable([
            .init(title: "name", least: 4), .init(title: "kind", rank: 1), .init(title: "place", rank: 2),
            .init(title: "age", rank: 3),
        ])
        table.add([["web"], ["docker"], ["here", "there too"], ["3 s"]])
        table.add([["a long name"], ["podman"], [], ["12 min"]])
        return table
    }

    @Test func cellsStandUnderTheirTitles() {
        let lines = [
            "name         kind    place      age",
            "web          docker  here       3 s",
            "                     there too",
            "a long name  podman             12 min",
        ]
        #expect(table.lines(plain, width: .max) == lines)
    }

    @Test(
        arguments: [
            (38, "name         kind    place      age"), (37, "name        kind    place      age"),
            (31, "name  kind    place      age"), (30, "name         place      age"), (23, "name  place      age"),
            (22, "name         age"), (12, "name  age"), (11, "name"), (10, "name"), (3, "name"),
        ]
    )
    func narrowsFirstAndThenLeavesOutWhatMattersLeast(width: Int, titles: String) {
        #expect(table.lines(plain, width: width).first == titles)
    }

    @Test(arguments: 4..<50)
    func keepsToItsWidth(width: Int) {
        let lines = table.lines(plain, width: width)
        #expect(lines.allSatisfy { TerminalWidth.of($0) <= width && !$0.hasSuffix(" ") })
    }

    @Test func leavesOutAColumnWithNothingInIt() {
        var table = ColumnTable([.init(title: "name"), .init(title: "kind", rank: 1), .init(title: "age", rank: 2)])
        table.add([["a"], [""], ["1 s"]])
        table.add([["b"], [], ["2 s"]])
        #expect(table.lines(plain, width: .max) == ["name  age", "a     1 s", "b     2 s"])
    }

    @Test func coloursDoNotMoveWhatStandsBehindThem() {
        var table = ColumnTable([.init(title: "name"), .init(title: "kind", rank: 1, isFaint: true), .init(title: "n")])
        table.add([["a"], ["docker"], ["1"]])
        let coloured = table.lines(TextStyle(choice: .always), width: .max)
        #expect(coloured[0] == "\u{1b}[1mname  kind    n\u{1b}[0m")
        #expect(coloured[1] == "a     \u{1b}[2mdocker\u{1b}[0m  1")
    }
}
