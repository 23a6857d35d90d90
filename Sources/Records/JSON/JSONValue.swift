/// A value of JSON text (RFC 8259) that was read.
package indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A whole number that fits, as counters and inodes are.
    case integer(Int128)
    /// Any other number: nothing of ours has one, so its value is not kept.
    case fraction
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}
