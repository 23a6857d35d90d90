package import Addressing

/// How a file is played: its packets' time goes on as the clock does, or faster, or not.
package struct Playback: Hashable, Sendable {
    package var isPlaying: Bool
    /// Seconds of the file for one of the clock's.
    package var speed: Double
    /// What is shown passed before it.
    package var position: Timestamp
    /// Where it begins and ends.
    package var span: ClosedRange<Timestamp>

    package init(isPlaying: Bool, speed: Double, position: Timestamp, span: ClosedRange<Timestamp>) {
        self.isPlaying = isPlaying
        self.speed = speed
        self.position = position
        self.span = span
    }
}
