/// Which trunks of one channel must stand left of which others, so that every line can be read.
///
/// On each row of a channel lines stand in this order from left to right: those that leave the row's item, those that come
/// home to it, and those that arrive at the item on the other side. Only what is all of one caller may arrive between its own.
struct ChannelOrder {
    /// One thing a trunk does on a row: `before` must hold for all of them.
    struct Demand: Hashable {
        let left: Int
        let right: Int
        /// The port of `right` for which it is asked; -1 where it cannot be bent away.
        let port: Int
        let isExit: Bool
    }

    private(set) var demands: [Demand] = []
    private let count: Int
    private let words: Int
    /// For each trunk, as bits, all that must stand right of it.
    private(set) var after: [UInt64] = []

    init(_ count: Int) {
        self.count = count
        words = (count + 63) / 64
    }

    mutating func demand(_ left: Int, before right: Int, port: Int = -1, isExit: Bool = false) {
        demands.append(Demand(left: left, right: right, port: port, isExit: isExit))
    }

    func isBefore(_ left: Int, _ right: Int) -> Bool {
        after[left * words + right / 64] & (1 << UInt64(right % 64)) != 0
    }

    /// Follows the demands to their ends.
    mutating func close() {
        after = Array(repeating: 0, count: count * words)
        for demand in demands { after[demand.left * words + demand.right / 64] |= 1 << UInt64(demand.right % 64) }
        for middle in 0..<count {
            for left in 0..<count where isBefore(left, middle) {
                for word in 0..<words { after[left * words + word] |= after[middle * words + word] }
            }
        }
    }

    /// The port whose going elsewhere helps most where demands contradict each other; nil where they do not.
    ///
    /// What arrives on the right is bent rather than what goes home: nothing needs to stand right of it.
    func contradiction() -> (trunk: Int, port: Int, isExit: Bool)? {
        var counts: [Demand: Int] = [:]
        for demand in demands where demand.port >= 0 && isBefore(demand.right, demand.left) {
            counts[Demand(left: 0, right: demand.right, port: demand.port, isExit: demand.isExit), default: 0] += 1
        }
        let worst = counts.max { first, second in
            let (one, other) = (first.key, second.key)
            if one.isExit != other.isExit { return !one.isExit }
            if first.value != second.value { return first.value < second.value }
            return (one.right, one.port) > (other.right, other.port)
        }
        return worst.map { ($0.key.right, $0.key.port, $0.key.isExit) }
    }
}
