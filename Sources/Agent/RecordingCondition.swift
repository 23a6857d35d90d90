/// How it goes with the packets that an agent writes down.
package struct RecordingCondition: Hashable, Sendable {
    /// The folder.
    package var path: String
    /// `alerts` or `all`.
    package var mode: String
    /// Why nothing is written at present; nil when all is well.
    package var fault: String?
    /// Frames that were written, and those that there was no room for.
    package var frames: UInt64
    package var leftOut: UInt64
    /// Bytes that this run has written.
    package var written: UInt64
    /// What is there of the newest.
    package var files: Int
    package var bytes: Int
    /// What is kept for alerts, and files for which there was no room.
    package var keptFiles: Int
    package var keptBytes: Int
    package var refused: UInt64

    package init(
        path: String,
        mode: String,
        fault: String?,
        frames: UInt64,
        leftOut: UInt64,
        written: UInt64,
        files: Int,
        bytes: Int,
        keptFiles: Int,
        keptBytes: Int,
        refused: UInt64
    ) {
        self.path = path
        self.mode = mode
        self.fault = fault
        self.frames = frames
        self.leftOut = leftOut
        self.written = written
        self.files = files
        self.bytes = bytes
        self.keptFiles = keptFiles
        self.keptBytes = keptBytes
        self.refused = refused
    }
}
