import Testing

@testable import Detection

@Suite("Indices and prints") struct IndexTests {
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
            var search = index.search(hash)
            let found = index.next(&search)
            #expect(found == model[hash])
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
