import Addressing

/// Finds the selectors whose segments an end is in; those of one segment are remembered.
struct SegmentIndex {
    private struct Key: Hashable {
        var name: String?
        var number: UInt32?
    }

    private var named: [String: [Int32]] = [:]
    private var open: [(pattern: NamePattern, number: Int32)] = []
    private var known: [Key: UInt32] = [:]
    private var places: [[Int32]: UInt32] = [[]: 0]
    private var numbers: [[Int32]] = [[]]

    /// Segments that are remembered; when there are more, all are looked for anew.
    private static var limit: Int { 16_384 }

    init(_ selectors: [Selector]) {
        for (number, selector) in selectors.enumerated() {
            for pattern in Set(selector.segments) {
                if pattern.isOpen {
                    open.append((pattern, Int32(number)))
                } else {
                    named[pattern.text, default: []].append(Int32(number))
                }
            }
        }
    }

    /// Which set of selectors has an end's segment; 0 is none.
    mutating func place(name: String?, number: UInt32?) -> UInt32 {
        if named.isEmpty, open.isEmpty || name == nil && number == nil { return 0 }
        let key = Key(name: name, number: number)
        if let place = known[key] { return place }
        if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
        let texts = [name, number.map { String($0) }].compactMap { $0 }
        var found: Set<Int32> = []
        for text in texts {
            found.formUnion(named[text] ?? [])
            for entry in open where entry.pattern.matches(text) { found.insert(entry.number) }
        }
        let place = place(of: found.sorted())
        known[key] = place
        return place
    }

    /// There are no more sets than the policy makes; they are never forgotten.
    private mutating func place(of set: [Int32]) -> UInt32 {
        if let place = places[set] { return place }
        let place = UInt32(numbers.count)
        numbers.append(set)
        places[set] = place
        return place
    }

    func numbers(at place: UInt32) -> [Int32] { numbers[Int(place)] }
}
