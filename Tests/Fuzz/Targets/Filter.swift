import Addressing
import Records

/// A filter as the agent takes it: what is read is written, read again, and must be the same; and patterns come to an end.
func fuzzFilter(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let parts = text.split(separator: "\0", maxSplits: 1, omittingEmptySubsequences: false)
    let filter = try? FlowFilter(parsing: String(parts[0]))
    if let filter, let again = try? FlowFilter(parsing: "\(filter)") { precondition("\(again)" == "\(filter)") }
    _ = NamePattern(String(parts[0])).matches(String(parts.last ?? ""))
    _ = IPPrefix(text)
    _ = MACAddress(text)
    return 0
}
