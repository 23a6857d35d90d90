/// The fields of a note, one after the other, in little-endian; nil where there are no more.
struct NoteFields {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func take<Value: FixedWidthInteger>(_ type: Value.Type) -> Value? {
        let width = type.bitWidth / 8
        guard bytes.count - place >= width else { return nil }
        var value: Value = 0
        for offset in (0..<width).reversed() { value = value << 8 | Value(truncatingIfNeeded: bytes[place + offset]) }
        place += width
        return value
    }

    /// So many bytes.
    mutating func take(_ count: Int) -> [UInt8]? {
        guard count >= 0, bytes.count - place >= count else { return nil }
        defer { place += count }
        return Array(bytes[place..<(place + count)])
    }
}

extension [UInt8] {
    /// Adds a number in little-endian.
    mutating func put(_ value: some FixedWidthInteger) {
        for shift in stride(from: 0, to: type(of: value).bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }
}
