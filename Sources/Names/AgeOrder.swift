/// The numbers of a table's entries from the one renewed longest ago to the newest: a ring of links, no search.
struct AgeOrder {
    private struct Link {
        var older: Int
        var newer: Int
    }

    /// Link 0 closes the ring; that of entry `n` is `n + 1`.
    private var links = [Link(older: 0, newer: 0)]

    /// The entry renewed longest ago. Only when there is one.
    var oldest: Int { links[0].newer - 1 }

    /// Adds the next number, as the newest.
    mutating func append() {
        links.append(Link(older: 0, newer: 0))
        insert(links.count - 1)
    }

    /// Makes an entry the newest.
    mutating func renew(_ number: Int) {
        let link = links[number + 1]
        links[link.older].newer = link.newer
        links[link.newer].older = link.older
        insert(number + 1)
    }

    private mutating func insert(_ place: Int) {
        let newest = links[0].older
        links[place] = Link(older: newest, newer: 0)
        links[newest].newer = place
        links[0].older = place
    }
}
