import Addressing
import Capture

@testable import Monitor

/// Two bytes of a kind, and a note of a recording's. A note that is read is bounded by what it was made of.
func fuzzNotes(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count >= 2 else { return -1 }
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
    let kind = UInt16(bytes[0]) | UInt16(bytes[1]) << 8
    let note = RecordedNote(kind: kind, bytes: Array(bytes.dropFirst(2)))
    switch RecordedInput(note) {
    case .changes(let entries)?: precondition(entries.count <= count)
    case .advance(let time)?: precondition(time.nanoseconds >= 0)
    default: break
    }
    return 0
}
