import Addressing

/// Packs what few flows have into few bytes: numbers of seven bits a byte, texts behind their length.
struct FieldWriter {
    private(set) var bytes: [UInt8] = []

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Which field comes next.
    mutating func begin(_ field: FlowField) { bytes.append(field.rawValue) }

    /// Little end first, the highest bit of each byte saying that more come.
    mutating func number(_ number: UInt64) {
        var rest = number
        while rest > 0x7f {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func text(_ text: String) {
        let units = text.utf8
        number(UInt64(units.count))
        bytes.append(contentsOf: units)
    }

    /// All eight bytes of a number that has no small values.
    mutating func word(_ number: UInt64) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    mutating func address(_ address: IPAddress) {
        let octets = address.octets
        bytes.append(UInt8(octets.count))
        bytes.append(contentsOf: octets)
    }
}
