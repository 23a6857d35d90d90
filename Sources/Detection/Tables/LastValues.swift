/// The last so many numbers that came.
struct LastValues: Sendable {
    private var values: [Float] = []
    private var next = 0
    let limit: Int

    init(limit: Int) { self.limit = max(1, limit) }

    var count: Int { values.count }

    mutating func append(_ value: Float) {
        if values.count < limit {
            values.append(value)
        } else {
            values[next] = value
            next = (next + 1) % limit
        }
    }

    /// In the order they came.
    var ordered: [Float] { Array(values[next...] + values[..<next]) }
}
