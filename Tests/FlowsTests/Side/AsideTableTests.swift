import Testing

@testable import Flows

@Suite("Asides")
struct AsideTableTests {
    private func count(_ point: UInt16, packets: UInt64 = 1) -> PointCount {
        var count = PointCount(point: point, at: 0)
        count.lowPackets = packets
        return count
    }

    private func points(_ table: borrowing AsideTable, _ first: UInt32) -> [UInt16] {
        var points: [UInt16] = []
        table.forEachCount(of: first) { points.append($0.point) }
        return points
    }

    @Test func areACacheLineEach() {
        #expect(MemoryLayout<Aside>.stride == 64)
    }

    @Test func keepPointsInTheOrderTheyCame() {
        var table = AsideTable()
        let first = table.make()
        #expect(points(table, first) == [])
        for point in UInt16(5)..<9 { _ = table.append(count(point), to: first) }
        #expect(points(table, first) == [5, 6, 7, 8])
        let length = table.counts(of: first)
        let element = table.count(2, of: first)?.point
        let beyond = table.count(4, of: first)?.point
        #expect(length == 4)
        #expect(element == 7)
        #expect(beyond == nil)
    }

    @Test func areFoundByPointAndByTheAddressesItSaw() {
        var table = AsideTable()
        let first = table.make()
        let plain = table.append(count(5), to: first).number
        var translated = count(5)
        translated.isTranslated = true
        let other = table.append(translated, to: first).number
        let found = (table.find(5, of: first), table.find(5, of: first, isTranslated: true), table.find(6, of: first))
        #expect(plain == first)
        #expect(found == (plain, other, 0))
        let nowhere = table.find(5, of: 0)
        #expect(nowhere == 0)
    }

    @Test func liesTheSecondBesideTheFirst() {
        var table = AsideTable()
        let (first, other) = (table.make(), table.make())
        let numbers = (UInt16(0)..<4).map { table.append(count($0), to: first).number }
        #expect(numbers == [first, first + 1, other + 2, other + 3])
    }

    @Test func areNotFoundBeforeAnythingWasCounted() {
        var table = AsideTable()
        let first = table.make()
        let found = table.find(0, of: first)
        #expect(found == 0)
    }

    @Test func beyondTheBoundAreTheLast() {
        var table = AsideTable()
        let first = table.make()
        for point in 0..<UInt16(Aside.limit) {
            let isNew = table.append(count(point), to: first).isNew
            #expect(isNew)
        }
        let (number, isNew) = table.append(count(999), to: first)
        let last = table[number].count.point
        #expect(!isNew)
        #expect(last == UInt16(Aside.limit) - 1)
        #expect(points(table, first).count == Aside.limit)
    }

    @Test func areUsedAgainWhenTheirFlowIsOver() {
        var table = AsideTable()
        let first = table.make()
        for point in UInt16(0)..<3 { _ = table.append(count(point), to: first) }
        table[first].flags.insert(.tookOver)
        table.release(first)
        table.release(0)
        #expect(points(table, first) == [])
        // Three are two pairs.
        var numbers = (0..<2).map { _ in table.make() }
        #expect(numbers.sorted() == [1, 3])
        for number in UInt32(1)...4 {
            let (flags, next) = (table[number].flags, table[number].next)
            #expect(flags.isEmpty && next == 0)
        }
        numbers.append(table.make())
        #expect(numbers.last == 5)
    }

    @Test func stayWhereTheyAreAsTheTableGrows() {
        var table = AsideTable()
        // Three pieces.
        for number in stride(from: UInt32(1), to: 80_000, by: 2) {
            let made = table.make()
            if made != number { Issue.record("\(made) instead of \(number)") }
            _ = table.append(count(UInt16(number % 999), packets: UInt64(number)), to: number)
        }
        for number in stride(from: UInt32(1), to: 80_000, by: 2) {
            let packets = table[number].count.lowPackets
            if packets != UInt64(number) { Issue.record("\(packets) of \(number)") }
        }
    }

    @Test func haveRaritiesOnlyWhereOneWasPut() {
        var table = AsideTable()
        let first = table.make()
        let second = table.make()
        table[rarity: first].stubs = [7]
        let stubs = (table[rarity: first].stubs, table[rarity: second].stubs, table[rarity: 0].stubs)
        #expect(stubs == ([7], [], []))
        table.release(first)
        let again = table.make()
        let forgotten = table[rarity: again].stubs
        #expect(again == first)
        #expect(forgotten == [])
    }

    @Test func areUntouchedUntilOneIsMade() {
        var table = AsideTable()
        let before = table.isUntouched
        _ = table.make()
        let after = table.isUntouched
        #expect(before && !after)
    }
}
