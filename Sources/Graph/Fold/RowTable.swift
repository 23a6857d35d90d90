/// Rows that were ever asked for, each with a number. Numbers stay; ranks order them as their keys do.
struct RowTable {
    struct Row {
        let key: RowKey
        var label: String
        var qualifier: String?
        let level: Level?
        let isOutside: Bool
    }

    private(set) var rows: [Row] = []
    private var numbers: [RowKey: Int] = [:]
    /// Numbers in the order of their keys, and the place of each in it.
    private var order: [Int] = []
    private(set) var ranks: [Int] = []

    mutating func number(of place: FoldPlace, _ rung: Rung, _ level: Level?, isOutside: Bool) -> Int {
        let key = RowKey(rung, place.name, level: level?.rank)
        if let known = numbers[key] {
            // Names of ends are told later, and change.
            rows[known].label = place.label
            rows[known].qualifier = place.qualifier
            return known
        }
        let number = rows.count
        rows.append(
            Row(key: key, label: place.label, qualifier: place.qualifier, level: level, isOutside: isOutside)
        )
        numbers[key] = number
        return number
    }

    func number(of key: RowKey) -> Int? { numbers[key] }

    /// Puts rows that came since in their place.
    mutating func settle() {
        guard order.count < rows.count else { return }
        order = merged(order, Array(order.count..<rows.count).sorted { rows[$0].key < rows[$1].key }) {
            rows[$0].key < rows[$1].key
        }
        ranks = inverse(order)
    }
}

/// Two lists, each in order, as one.
func merged(_ left: [Int], _ right: [Int], by isBefore: (Int, Int) -> Bool) -> [Int] {
    guard !right.isEmpty else { return left }
    var result: [Int] = []
    result.reserveCapacity(left.count + right.count)
    var (first, second) = (0, 0)
    while first < left.count, second < right.count {
        if isBefore(right[second], left[first]) {
            result.append(right[second])
            second += 1
        } else {
            result.append(left[first])
            first += 1
        }
    }
    result += left[first...]
    result += right[second...]
    return result
}

/// At which place of a list of numbers from 0 on each of them stands.
func inverse(_ order: [Int]) -> [Int] {
    var ranks = [Int](repeating: 0, count: order.count)
    for (rank, number) in order.enumerated() { ranks[number] = rank }
    return ranks
}
