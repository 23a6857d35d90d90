import Addressing

/// Unpacks what `FieldWriter` packed. What does not fit is `FieldReader.Damage`, never a trap: the file may be anybody's.
struct FieldReader {
    struct Damage: Error {}

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The field that comes next; nil at the end.
    mutating func field() throws(Damage) -> FlowField? {
        if position == bytes.count { return nil }
        guard let field = FlowField(rawValue: try byte()) else { throw Damage() }
        return field
    }

    private mutating func byte() throws(Damage) -> UInt8 {
        guard position < bytes.count else { throw Damage() }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func number() throws(Damage) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let byte = try byte()
            number |= UInt64(byte & 0x7f) << shift
            if byte & 0x80 == 0 { return number }
        }
        throw Damage()
    }

    /// A number that fits in fewer bits.
    mutating func number<Number: FixedWidthInteger>(as _: Number.Type) throws(Damage) -> Number {
        guard let number = Number(exactly: try number()) else { throw Damage() }
        return number
    }

    mutating func word() throws(Damage) -> UInt64 {
        var number: UInt64 = 0
        for _ in 0..<8 { number = number << 8 | UInt64(try byte()) }
        return number
    }

    mutating func text() throws(Damage) -> String {
        let count = try number(as: Int.self)
        guard count <= bytes.count - position else { throw Damage() }
        defer { position += count }
        return String(decoding: bytes[position..<(position + count)], as: UTF8.self)
    }

    mutating func address() throws(Damage) -> IPAddress {
        let count = Int(try byte())
        guard count <= bytes.count - position else { throw Damage() }
        defer { position += count }
        guard let address = IPAddress(octets: bytes[position..<(position + count)]) else { throw Damage() }
        return address
    }
}
