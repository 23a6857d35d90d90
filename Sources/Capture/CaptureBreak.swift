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
