/// Octets, in words.
enum ByteCount {
    static func text(_ bytes: UInt64) -> String {
        let units: [(size: UInt64, name: String)] = [
            (1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB"),
        ]
        guard let unit = units.first(where: { bytes >= $0.size }) else { return "\(bytes) B" }
        let tenths = bytes / (unit.size / 10)
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10) \(unit.name)" : "\(tenths / 10) \(unit.name)"
    }
}
