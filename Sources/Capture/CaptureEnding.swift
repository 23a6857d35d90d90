/// How the reading of a capture file came to its end.
package enum CaptureEnding: Hashable, Sendable {
    /// With the last byte of the last record.
    case complete

    /// In the middle of a record: the file was cut, or its writer is still at work. What lay before was delivered.
    case truncated(CaptureBreak)

    /// At bytes that contradict the format, so that where the next record begins cannot be known.
    case malformed(CaptureBreak)
}

/// Where reading a capture file stopped early, and why.
package struct CaptureBreak: Hashable, Sendable {
    /// One line, such as "the last record is cut short".
    package let reason: String

    /// Of the record that could not be read, in bytes from the start of the file; of the unpacked bytes for gzip.
    package let offset: UInt64

    package init(reason: String, offset: UInt64) {
        self.reason = reason
        self.offset = offset
    }
}

extension CaptureBreak: CustomStringConvertible {
    package var description: String { "\(reason), at byte \(offset)" }
}
