import Addressing

/// Values by name, the one set longest ago forgotten first when it is full.
struct Memory<Value> {
    private var values: [String: (value: Value, number: Int64)] = [:]
    /// Names in the order they were set. One that was set again or removed leaves its old place.
    private var line = WaitingLine<String>()
    private var number: Int64 = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    var count: Int { values.count }

    subscript(name: String) -> Value? {
        get { values[name]?.value }
        set {
            guard let newValue else {
                values[name] = nil
                return
            }
            number += 1
            values[name] = (newValue, number)
            line.append(name, at: Timestamp(nanoseconds: number))
            while values.count > limit || line.count > limit * 2, let oldest = line.first {
                line.removeFirst()
                if values[oldest.item]?.number == oldest.time.nanoseconds { values[oldest.item] = nil }
            }
        }
    }
}
