/// How the reading of a capture file came to its end.
package enum CaptureEnding: Hashable, Sendable {
    /// With the last byte of the last record.
    case complete

    /// In the middle of a record: the file was cut, or its writer is still at work. What lay before was delivered.
    case truncated(CaptureBreak)

    /// At bytes that contradict the format, so that where the next record begins cannot be known.
    case malformed(CaptureBreak)
}
