import Testing

@testable import Detection

@Suite("Pairs that may have a history") struct HistoryFilterTests {
    @Test func nobodyWhoHasOneIsMissedAndFewOthersAreMistaken() {
        var filter = HistoryFilter()
        let pairs = (0..<8192 as Range<UInt64>).map { Imprint($0).place }
        for pair in pairs { filter.insert(pair) }
        #expect(pairs.allSatisfy { filter.mayHave($0) })
        #expect(filter.count <= 8192 && filter.count > 7000 && !filter.isFull)
        let mistaken = (100_000..<200_000 as Range<UInt64>).count { filter.mayHave(Imprint($0).place) }
        #expect(mistaken < 20_000)
    }

    @Test func anEmptyOneHasNobody() {
        let filter = HistoryFilter()
        #expect((0..<1000 as Range<UInt64>).allSatisfy { !filter.mayHave(Imprint($0).place) })
    }

    @Test func isFullBeforeItSaysYesToEverybody() {
        var filter = HistoryFilter()
        var number: UInt64 = 0
        while !filter.isFull {
            filter.insert(Imprint(number).place)
            number += 1
        }
        #expect(number > 12_000 && number < 20_000)
    }
}
