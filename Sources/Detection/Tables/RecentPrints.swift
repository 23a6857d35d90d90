/// The last so many different things that came, each by 64 bits of a hash with a secret: that two have the same never happens.
struct RecentPrints: Sendable {
    private var line: [UInt64] = []
    private var index = NumberIndex()
    private var next = 0
    let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Returns whether it was not there.
    mutating func insert(_ print: UInt64) -> Bool {
        var search = index.search(print)
        while let number = index.next(&search) {
            if line[number] == print { return false }
        }
        if line.count < limit {
            index.insert(print, line.count)
            line.append(print)
        } else {
            index.remove(line[next], next)
            line[next] = print
            index.insert(print, next)
            next = next + 1 == limit ? 0 : next + 1
        }
        return true
    }
}
