/// Tries that were taken for failed before their time was over, by the serials of their flows: of some millions the newest.
struct JudgedTries: Sendable {
    private var serials: [UInt32] = []

    /// A power of two.
    static var size: Int { 65_536 }

    mutating func insert(_ serial: UInt32) {
        if serials.isEmpty { serials = [UInt32](repeating: 0, count: Self.size) }
        serials[Int(serial) & (Self.size - 1)] = serial
    }

    func has(_ serial: UInt32) -> Bool { !serials.isEmpty && serials[Int(serial) & (Self.size - 1)] == serial }
}
