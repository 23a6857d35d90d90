import Custody

/// Rows that were forgotten, as links say: in any order, as each case is let go of in its own time.
struct ForgottenRows {
    private var spans = RowSpans()
    /// Spans that are not among those yet, so that they are not merged link by link.
    private var gathered: [ClosedRange<Int64>] = []
    /// Whether there were more than are remembered: then nobody can say of a row that is not there whether it was forgotten.
    private(set) var isBeyond = false

    /// Spans that are remembered.
    static var limit: Int { 1 << 23 }
    private let limit: Int

    init(limit: Int = limit) { self.limit = limit }

    mutating func add(_ other: RowSpans) {
        guard !isBeyond else { return }
        gathered += other.spans
        if gathered.count > max(spans.spans.count, 4096) { settle() }
    }

    /// Takes in what was gathered; before it is asked.
    mutating func settle() {
        spans.formUnion(RowSpans(joining: gathered))
        gathered.removeAll(keepingCapacity: true)
        guard spans.spans.count > limit else { return }
        isBeyond = true
        spans = RowSpans()
        gathered = []
    }

    func contains(_ row: Int64) -> Bool { spans.contains(row) }
}
