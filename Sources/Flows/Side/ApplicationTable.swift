import Wire

/// What flows said about themselves, each distinct answer kept once and counted.
///
/// Many flows say the same (one DNS name, one host): a flow keeps a number. Numbers count from 1; 0 is nothing.
struct ApplicationTable {
    private var numbers: [ApplicationDetails: UInt32] = [:]
    private var details: [ApplicationDetails] = []
    private var uses: [UInt32] = []
    private var free: [UInt32] = []

    /// How many answers were not kept because the table was full.
    private(set) var overflows: UInt64 = 0

    /// The most distinct answers; each is at most a few kilobytes, and mostly some hundred bytes.
    static var limit: Int { 1 << 16 }

    subscript(_ number: UInt32) -> ApplicationDetails? {
        number == 0 ? nil : details[Int(number) - 1]
    }

    /// What was asked for over HTTP.
    func httpPath(_ number: UInt32) -> String? { number == 0 ? nil : details[Int(number) - 1].httpPath }

    /// Adds to what a flow is known to say; returns its new number.
    mutating func merge(_ more: ApplicationDetails, into number: UInt32) -> UInt32 {
        guard var merged = self[number] else { return retain(more) }
        merged.merge(more)
        if merged == self[number] { return number }
        release(number)
        return retain(merged)
    }

    private mutating func retain(_ value: ApplicationDetails) -> UInt32 {
        if let number = numbers[value] {
            uses[Int(number) - 1] += 1
            return number
        }
        let number: UInt32
        if let old = free.popLast() {
            number = old
            details[Int(number) - 1] = value
            uses[Int(number) - 1] = 1
        } else if details.count < Self.limit {
            details.append(value)
            uses.append(1)
            number = UInt32(details.count)
        } else {
            overflows += 1
            return 0
        }
        numbers[value] = number
        return number
    }

    /// One flow less says so.
    mutating func release(_ number: UInt32) {
        guard number != 0 else { return }
        let slot = Int(number) - 1
        uses[slot] -= 1
        guard uses[slot] == 0 else { return }
        numbers[details[slot]] = nil
        details[slot] = ApplicationDetails()
        free.append(number)
    }
}
