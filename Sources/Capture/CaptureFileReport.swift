/// What there is to say about one file of a capture.
package struct CaptureFileReport: Hashable, Sendable {
    /// As the user named it.
    package let path: String

    package let format: CaptureFormat

    /// How it ended; `nil` while there may be more.
    package let ending: CaptureEnding?

    package let counts: CaptureCounts
}
