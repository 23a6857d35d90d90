/// Who or what something had to do with, as long as that is few: from `limit` on it is many.
struct Acquaintances<Element: Hashable & Sendable>: Sendable {
    private(set) var members: [Element] = []
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    var isMany: Bool { members.count >= limit }

    func knows(_ element: Element) -> Bool { members.contains(element) }

    mutating func meet(_ element: Element) {
        if !isMany, !members.contains(element) { members.append(element) }
    }
}
