/// How far the reading of a capture has come, for a progress bar.
package struct CapturePosition: Hashable, Sendable {
    /// Bytes taken from the file; packed bytes for gzip.
    package var bytesRead: UInt64

    /// Bytes the file has; `nil` for a pipe.
    package var fileSize: UInt64?

    package init(bytesRead: UInt64, fileSize: UInt64?) {
        self.bytesRead = bytesRead
        self.fileSize = fileSize
    }
}
