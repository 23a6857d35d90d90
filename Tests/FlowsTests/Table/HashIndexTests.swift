import Testing

@testable import Flows

/// Numbers that look random and are the same every time.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}

/// A hash index by reference, as expectations cannot call what mutates or owns.
private final class Index {
    private var index = HashIndex()

    var count: Int { index.count }
    var slots: Int { index.mask + 1 }

    func insert(_ hash: UInt64, _ number: Int) { index.insert(hash, number) }

    func remove(_ hash: UInt64, _ number: Int) { index.remove(hash, number) }

    func find(_ hash: UInt64, _ number: Int) -> Int? { index.find(hash) { $0 == number } }

    /// All numbers with that hash.
    func all(_ hash: UInt64) -> Set<Int> {
        var numbers: Set<Int> = []
        _ = index.find(hash) { number in
            numbers.insert(number)
            return false
        }
        return numbers
    }
}

@Suite("Hash index")
struct HashIndexTests {
    @Test func findsWhatWasInserted() {
        let index = Index()
        #expect(index.find(5, 0) == nil)
        index.insert(5, 0)
        #expect(index.find(5, 0) == 0)
        #expect(index.find(5, 1) == nil)
        #expect(index.find(6, 0) == nil)
        #expect(index.count == 1)
    }

    @Test func keepsEntriesWithTheSameHashApart() {
        let index = Index()
        for number in 0..<50 { index.insert(77, number) }
        index.remove(77, 20)
        #expect(index.all(77) == Set(0..<50).subtracting([20]))
    }

    @Test func removesOnlyWhatIsThere() {
        let index = Index()
        index.insert(1, 1)
        index.remove(1, 2)
        index.remove(2, 1)
        #expect(index.count == 1)
        index.remove(1, 1)
        #expect(index.count == 0)
        #expect(index.find(1, 1) == nil)
    }

    /// What probed past a removed entry, also around the end of the slots, must still be found.
    @Test func closesTheGapThatARemovedEntryLeaves() {
        let index = Index()
        let last = UInt64(index.slots - 1)
        let hashes = [last - 1, last - 1, last, last, 0, 0, 1, last - 1, 2, last]
        for removed in hashes.indices {
            for (number, hash) in hashes.enumerated() { index.insert(hash, number) }
            index.remove(hashes[removed], removed)
            for (number, hash) in hashes.enumerated() where number != removed {
                #expect(index.find(hash, number) == number)
            }
            for (number, hash) in hashes.enumerated() { index.remove(hash, number) }
            #expect(index.count == 0)
        }
    }

    @Test func growsWithoutLosingAny() {
        let index = Index()
        let slots = index.slots
        var random = SplitMix(3)
        let hashes = (0..<20_000).map { _ in random.next() }
        for (number, hash) in hashes.enumerated() { index.insert(hash, number) }
        #expect(index.slots > slots)
        #expect(hashes.enumerated().allSatisfy { index.find($1, $0) == $0 })
    }

    /// Few distinct hashes make long runs of collisions; many make it grow.
    @Test(arguments: [(UInt64(1), UInt64(40)), (2, 1000), (3, 1 << 32), (4, .max)])
    func agreesWithADictionary(seed: UInt64, hashes: UInt64) {
        var random = SplitMix(seed)
        let index = Index()
        var model: [Int: UInt64] = [:]
        var numbers: [Int] = []
        var next = 0
        for _ in 0..<20_000 {
            if numbers.isEmpty || random.next() % 5 < 3 && numbers.count < 3000 {
                let hash = random.next() % hashes
                index.insert(hash, next)
                model[next] = hash
                numbers.append(next)
                next += 1
            } else {
                let place = Int(random.next() % UInt64(numbers.count))
                let number = numbers[place]
                numbers.swapAt(place, numbers.count - 1)
                numbers.removeLast()
                index.remove(model[number] ?? 0, number)
                model[number] = nil
            }
        }
        #expect(index.count == model.count)
        #expect(model.allSatisfy { index.find($1, $0) == $0 })
        #expect((0..<next).filter { model[$0] == nil }.allSatisfy { number in index.find(0, number) == nil })
    }
}
