/// A value of JSON text (RFC 8259) that was read.
package indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A whole number that fits, as counters and inodes are.
    case integer(Int128)
    /// Any other number, as near as it can be; one that is too large is infinite.
    case fraction(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}
