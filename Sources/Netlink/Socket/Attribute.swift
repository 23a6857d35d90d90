import Addressing

/// One attribute: what it is, and its value. Each way to read the value throws `.malformed` when it is too short for it.
struct Attribute: ~Escapable {
    /// Length and type, two bytes each.
    static var headerLength: Int { 4 }

    /// What it is, without the flags NLA_F_NESTED and NLA_F_NET_BYTEORDER.
    let type: Int
    let value: RawSpan
    private let operation: String

    @_lifetime(copy value)
    init(type: Int, value: RawSpan, operation: String) {
        self.type = type
        self.value = value
        self.operation = operation
    }

    /// An integer in host byte order.
    func integer<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type) throws(NetlinkError) -> Value {
        guard value.byteCount >= MemoryLayout<Value>.size else { throw .malformed(operation: operation) }
        return value.load(type, at: 0)
    }

    /// An integer in network byte order.
    func bigEndian<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type) throws(NetlinkError) -> Value {
        Value(bigEndian: try integer(type))
    }

    /// Text up to the first NUL or the end, broken UTF-8 repaired.
    var text: String { value.text }

    /// An IPv4 address of four bytes or an IPv6 address of sixteen.
    func address() throws(NetlinkError) -> IPAddress {
        guard let address = IPAddress(networkOrder: value) else { throw .malformed(operation: operation) }
        return address
    }

    /// A hardware address; nil when it has not 48 bits, as that of a tunnel.
    var hardwareAddress: MACAddress? {
        guard value.byteCount == 6 else { return nil }
        let high = UInt64(UInt16(bigEndian: value.load(UInt16.self, at: 0)))
        return MACAddress(bits: high << 32 | UInt64(UInt32(bigEndian: value.load(UInt32.self, at: 2))))
    }

    /// The attributes within.
    var nested: Attributes {
        @_lifetime(copy self) get { Attributes(value, operation: operation) }
    }
}
