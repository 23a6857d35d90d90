/// The last so many different things that came.
struct RecentSet<Element: Hashable & Sendable>: Sendable {
    private var members: Set<Element> = []
    private var line: [Element] = []
    private var next = 0
    let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Returns whether it was not there.
    mutating func insert(_ element: Element) -> Bool {
        guard members.insert(element).inserted else { return false }
        if line.count < limit {
            line.append(element)
        } else {
            members.remove(line[next])
            line[next] = element
            next = (next + 1) % limit
        }
        return true
    }
}
