/// The last so many different things that came, each by 64 bits of a hash with a secret: that two have the same never happens.
///
/// As long as they are few they are looked through one by one: most who have any have few, and need no index.
struct RecentPrints: Sendable {
    private var line: [UInt64] = []
    private var index: NumberIndex?
    private var next = 0
    let limit: Int

    private static var few: Int { 12 }

    init(limit: Int) { self.limit = limit }

    /// Returns whether it was not there.
    mutating func insert(_ print: UInt64) -> Bool {
        if has(print) { return false }
        if line.count < limit {
            index?.insert(print, line.count)
            line.append(print)
            if line.count == Self.few { makeIndex() }
        } else {
            index?.remove(line[next], next)
            line[next] = print
            index?.insert(print, next)
            next = next + 1 == limit ? 0 : next + 1
        }
        return true
    }

    private func has(_ print: UInt64) -> Bool {
        guard line.count >= Self.few else { return line.contains(print) }
        guard var search = index?.search(print) else { return line.contains(print) }
        while let number = index?.next(&search) {
            if line[number] == print { return true }
        }
        return false
    }

    private mutating func makeIndex() {
        var index = NumberIndex()
        for (number, print) in line.enumerated() { index.insert(print, number) }
        self.index = index
    }
}
