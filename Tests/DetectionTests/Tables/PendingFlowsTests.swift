import Addressing
import Testing

@testable import Detection

@Suite("Flows under way") struct PendingFlowsTests {
    @Test func aClockThatStandsStillCostsNoMemoryWithoutEnd() {
        var pending = PendingFlows<UInt32>(limit: 1000)
        for serial in 1...30_000 as ClosedRange<UInt32> {
            pending.add(serial, serial, at: Stream.time(1))
            let settled = pending.remove(serial)?.item
            #expect(settled == serial)
        }
        #expect(pending.count == 0 && pending.waiting <= 2 * 1000 + 1)
    }

    @Test func givesTheOldestFirst() {
        var pending = PendingFlows<String>(limit: 4)
        for serial in 1...4 as ClosedRange<UInt32> { pending.add(serial, "\(serial)", at: Stream.time(Double(serial))) }
        #expect(pending.isFull)
        let second = pending.remove(2)?.item
        let again = pending.remove(2)?.item
        #expect(second == "2" && again == nil && !pending.isFull)
        var order: [UInt32] = []
        while let (serial, _) = pending.oldest(before: Stream.time(3).nanoseconds) {
            order.append(serial)
            _ = pending.remove(serial)
        }
        #expect(order == [1, 3])
        // A place is taken again.
        pending.add(9, "9", at: Stream.time(9))
        let newest = pending.remove(9)
        #expect(newest?.item == "9" && (newest?.place ?? 9) < 4)
        #expect(pending.count == 1)
    }

    /// Against Swift's own dictionary, with keys that collide.
    @Test func theIndexFindsWhatADictionaryFinds() {
        var generator = SystemRandomNumberGenerator()
        var (index, model) = (NumberIndex(), [UInt64: Int]())
        for _ in 0..<50_000 {
            // So few different hashes that slots run into each other.
            let hash = (UInt64.random(in: 0..<3000, using: &generator) % 700) &* 0x1_0001 << 32
            if let number = model[hash] {
                index.remove(hash, number)
                model[hash] = nil
            } else {
                let number = Int.random(in: 0..<1_000_000, using: &generator)
                index.insert(hash, number)
                model[hash] = number
            }
        }
        #expect(index.count == model.count)
        for hash in (0..<700).map({ UInt64($0) &* 0x1_0001 << 32 }) {
            #expect(index.find(hash) { _ in true } == model[hash])
        }
    }

    @Test func remembersTheLastSoManyPrints() {
        var prints = RecentPrints(limit: 100)
        for print in 1...1000 as ClosedRange<UInt64> {
            let isNew = prints.insert(print << 32)
            #expect(isNew)
        }
        let newest = prints.insert(1000 << 32)
        let stillThere = prints.insert(901 << 32)
        let forgotten = prints.insert(900 << 32)
        #expect(!newest && !stillThere && forgotten)
    }
}
