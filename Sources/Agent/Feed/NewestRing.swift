/// The newest of what came, each with a place that counts from 0.
struct NewestRing<Element> {
    private var elements: [Element] = []
    /// The place of the next.
    private(set) var end: UInt64 = 0
    /// The place of the first that is kept.
    private var start: UInt64 = 0
    /// The place that the first element in memory had at first.
    private var origin: UInt64 = 0
    private let limit: Int

    /// The most that is handed out at a time: whoever reads slowly should not have it all in memory twice.
    private static var portionLimit: UInt64 { 512 }

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    mutating func append(_ more: [Element]) {
        // Of more than there is room for only the last would stay.
        if more.count > limit {
            end += UInt64(more.count - limit)
            removeAll()
        }
        if elements.isEmpty { elements.reserveCapacity(limit) }
        for element in more.suffix(limit) {
            let index = index(of: end)
            if index < elements.count {
                elements[index] = element
            } else {
                elements.append(element)
            }
            end += 1
        }
        start = max(start, end - min(end, UInt64(limit)))
    }

    /// Forgets all; places go on.
    mutating func removeAll() {
        elements = []
        start = end
        origin = end
    }

    private func index(of place: UInt64) -> Int { Int((place - origin) % UInt64(limit)) }

    /// A portion of what came from a place on, the place after it, and how many before it were asked for and are not kept.
    func portion(from place: UInt64) -> (elements: [Element], end: UInt64, dropped: UInt64) {
        let first = max(place, start)
        let last = min(end, first + Self.portionLimit)
        let portion = (first..<last).map { elements[index(of: $0)] }
        return (portion, last, first - place)
    }
}
