/// In which order numbered things came last. Mostly they come so again, and then their names need only be compared: hashing those of
/// twenty thousand edges takes longer than all else of a frame.
struct LastOrder {
    private var line: [Int] = []
    /// By number, where it stood in the line; -1 where it did not.
    private var places: [Int] = []
    private var coming: [Int] = []
    private var place = 0

    /// How many came last.
    var count: Int { line.count }

    /// Which number comes now, if all is as it was.
    var guess: Int? { place < line.count ? line[place] : nil }

    /// Which will probably come next.
    func next(_ count: Int) -> ArraySlice<Int> { line[min(place, line.count)...].prefix(count) }

    /// This number came.
    mutating func came(_ number: Int) {
        coming.append(number)
        if number < places.count, places[number] >= 0 { place = places[number] + 1 }
    }

    /// All have come; there are so many numbers.
    mutating func end(numbers: Int) {
        line = coming
        coming = []
        coming.reserveCapacity(line.count)
        place = 0
        places = [Int](repeating: -1, count: numbers)
        for (place, number) in line.enumerated() { places[number] = place }
    }
}
