import CMnl

/// The attributes of an expression by their numbers, as their order means nothing. Numbers are in network byte order.
struct ExpressionReader {
    private let operation: String
    private var numbers: [Int: UInt64] = [:]
    private var values: [Int: [UInt8]] = [:]
    private var texts: [Int: String] = [:]
    private(set) var verdict: Nftables.Verdict?

    /// Which attributes of an expression hold NFTA_DATA_VALUE or NFTA_DATA_VERDICT, and which hold text.
    struct Shape {
        var values: [Int] = []
        var texts: [Int] = []
    }

    init(_ data: borrowing Attribute, _ shape: Shape, operation: String) throws(NetlinkError) {
        self.operation = operation
        var attributes = data.nested
        while let attribute = try attributes.next() {
            if shape.values.contains(attribute.type) {
                verdict = try Nftables.Verdict(in: attribute) ?? verdict
                var parts = attribute.nested
                while let part = try parts.next() {
                    if NFTA_DATA_VALUE ~= part.type { values[attribute.type] = part.value.octets }
                }
            } else if shape.texts.contains(attribute.type) {
                texts[attribute.type] = attribute.text
            } else {
                numbers[attribute.type] = Self.number(attribute.value)
            }
        }
    }

    /// An attribute of one to eight bytes; nil of any other, which is none of the numbers known here.
    private static func number(_ value: RawSpan) -> UInt64? {
        guard 1...8 ~= value.byteCount else { return nil }
        return (0..<value.byteCount).reduce(0) { $0 << 8 | UInt64(value.load(UInt8.self, at: $1)) }
    }

    /// A number; throws when there is none or it does not fit.
    func number<Value: FixedWidthInteger>(
        _ name: some RawRepresentable<UInt32>,
        as type: Value.Type = UInt32.self
    ) throws(NetlinkError) -> Value {
        guard let number = numbers[Int(name.rawValue)], let value = Value(exactly: number) else {
            throw .malformed(operation: operation)
        }
        return value
    }

    /// A number, nil when there is none.
    func numberIfAny(_ name: some RawRepresentable<UInt32>) throws(NetlinkError) -> UInt32? {
        numbers[Int(name.rawValue)] == nil ? nil : try number(name)
    }

    func value(_ name: some RawRepresentable<UInt32>) throws(NetlinkError) -> [UInt8] {
        guard let value = values[Int(name.rawValue)] else { throw .malformed(operation: operation) }
        return value
    }

    func text(_ name: some RawRepresentable<UInt32>) -> String? { texts[Int(name.rawValue)] }

    /// A register: those of sixteen bytes are four of four. NFT_REG_*.
    func register(_ name: some RawRepresentable<UInt32>) throws(NetlinkError) -> Nftables.Register {
        let number = try number(name)
        let index =
            NFT_REG_1.rawValue...NFT_REG_4.rawValue ~= number
            ? (number - NFT_REG_1.rawValue) * 4 : number &- NFT_REG32_00.rawValue
        guard let register = Nftables.Register(index) else { throw .malformed(operation: operation) }
        return register
    }
}
