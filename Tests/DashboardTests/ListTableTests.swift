import Terminal
import Testing

@testable import Dashboard

@Suite("Tables")
struct ListTableTests {
    private let columns = [
        ListColumn(title: "A", width: 10, share: 1), ListColumn(title: "B", width: 10, rank: 2, isMostFirst: true),
        ListColumn(title: "C", width: 10, rank: 1, least: 60),
    ]

    private func table(_ count: Int) -> ListTable<Int> {
        var table = ListTable<Int>(columns, order: ListOrder(column: 0, isReversed: false))
        table.show(Array(0..<count))
        return table
    }

    @Test func theHighestRankGoesFirstAndTheRestGrows() {
        func shown(_ width: Int) -> [Int] { ListLayout(columns, width: width).places.map(\.column) }
        #expect(shown(60) == [0, 1, 2])
        #expect(shown(59) == [0, 1])
        #expect(shown(21) == [0])
        #expect(shown(4) == [0])
        #expect(ListLayout(columns, width: 60).places.map(\.width) == [36, 10, 10])
        #expect(ListLayout(columns, width: 4).places.map(\.width) == [4])
        #expect(ListLayout(columns, width: 0).places.isEmpty)
    }

    @Test func keysMoveAndStayInside() {
        var table = table(30)
        _ = table.visible(rows: 10)
        let moves: [(Key, Modifiers, Int)] = [
            (.down, [], 1), (.character("j"), [], 2), (.up, [], 1), (.character("k"), [], 0), (.up, [], 0),
            (.pageDown, [], 10), (.character("f"), .control, 20), (.character("b"), .control, 10), (.pageUp, [], 0),
            (.end, [], 29), (.down, [], 29), (.home, [], 0), (.character("G"), [], 29), (.character("g"), [], 0),
        ]
        for (key, modifiers, place) in moves {
            #expect(table.handle(key, modifiers) == true)
            #expect(table.place == place)
        }
        #expect(table.handle(.character("q"), []) == false)
    }

    @Test func whatIsChosenIsAlwaysAmongWhatIsShown() {
        var table = table(100)
        var random = SystemRandomNumberGenerator()
        let keys: [Key] = [.up, .down, .pageUp, .pageDown, .home, .end]
        for _ in 0..<2000 {
            _ = table.handle(keys.randomElement(using: &random) ?? .up, [])
            let range = table.visible(rows: Int.random(in: 1...30, using: &random))
            #expect(range.contains(table.place))
            #expect(range.lowerBound >= 0 && range.upperBound <= 100)
        }
        table.show([])
        #expect(table.visible(rows: 10) == 0..<0)
        #expect(table.chosen == nil)
        #expect(table.handle(.down, []) == true)
    }

    @Test func beforeAKeyTheFirstRowIsChosenWhicheverItIs() {
        var table = table(3)
        #expect(table.chosen == 0)
        table.show([9, 0, 1])
        #expect(table.chosen == 9)
        table.keep()
        table.show([4, 0, 9])
        #expect(table.chosen == 9)
        #expect(table.place == 2)
    }

    @Test func sortingGoesRoundTheColumns() {
        var table = table(3)
        _ = table.handle(.character("s"), [])
        #expect(table.order == ListOrder(column: 1, isReversed: true))
        _ = table.handle(.character("S"), [])
        #expect(table.order == ListOrder(column: 1, isReversed: false))
        _ = table.handle(.character("s"), [])
        _ = table.handle(.character("s"), [])
        #expect(table.order == ListOrder(column: 0, isReversed: false))
    }

    @Test func keysSortAsWhatTheyStandFor() {
        let numbers: [Int64] = [.min, -1, 0, 1, .max]
        #expect(SortKeys.order(numbers.map { SortKeys.key($0) }, isReversed: false) == [0, 1, 2, 3, 4])
        let rates: [Double?] = [nil, 0, 0.5, 1, 1e12]
        #expect(SortKeys.order(rates.map { SortKeys.key($0) }, isReversed: false) == [0, 1, 2, 3, 4])
        let ranks = SortKeys.ranks(of: [3, 1, 2, 1]) { "\($0)" }
        #expect(ranks == [2, 0, 1, 0])
        #expect(SortKeys.order([5, 5, 1], isReversed: false) == [2, 0, 1])
        #expect(SortKeys.order([5, 5, 1], isReversed: true) == [1, 0, 2])
    }

    @Test func onlyRowsThatAreShownAreAskedFor() {
        var table = table(10_000)
        _ = table.handle(.end, [])
        var asked: [Int] = []
        _ = Screen.lines(60, 20) { grid, area in
            _ = table.draw(on: &grid, in: area) { index in
                asked.append(index)
                return [ListCell("\(index)")]
            }
        }
        #expect(asked == Array(9981..<10_000))
    }
}
