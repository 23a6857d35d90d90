import Testing

@testable import Flows

@Suite("Recency order") struct RecencyOrderTests {
    static func order(of count: Int) -> RecencyOrder {
        var order = RecencyOrder()
        for number in 0..<count { order.append(number) }
        return order
    }

    /// Everything that is in it, first to last.
    static func contents(_ order: RecencyOrder) -> [Int] {
        var order = order
        var numbers: [Int] = []
        while let first = order.first {
            numbers.append(first)
            order.remove(first)
        }
        return numbers
    }

    @Test func isEmptyAtFirst() {
        #expect(RecencyOrder().first == nil)
    }

    @Test func keepsTheOrderOfAppending() {
        #expect(Self.contents(Self.order(of: 4)) == [0, 1, 2, 3])
    }

    @Test(arguments: zip(0..<4, [[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2]]))
    func closesTheGapOfWhatIsTakenOut(number: Int, rest: [Int]) {
        var order = Self.order(of: 4)
        order.remove(number)
        #expect(Self.contents(order) == rest)
        order.append(number)
        #expect(Self.contents(order) == rest + [number])
    }

    @Test func startsAnewAfterTheLastWasTakenOut() {
        var order = Self.order(of: 1)
        order.remove(0)
        #expect(order.first == nil)
        order.append(0)
        #expect(Self.contents(order) == [0])
    }
}
