import Addressing
import Dashboard

/// Capture files that are played: their packets' time goes on as the clock does, faster or slower, stands still, or is somewhere
/// else at once. Going back is reading from the beginning.
final class FilePlayer {
    private let options: FileSourceOptions
    /// From the first packet to a moment after the last.
    private let span: ClosedRange<Timestamp>
    private var reading: PlayedReading
    private(set) var isPlaying = true
    private var speed = 1.0
    /// Where it is to be.
    private var target: Timestamp

    /// Times as fast as it was, at least and at most.
    static var speeds: ClosedRange<Double> { 0.125...1024 }

    /// Begins at a moment; nil: at the first packet. `span` is from the first packet to the last.
    init(_ options: FileSourceOptions, _ span: ClosedRange<Timestamp>, at moment: Timestamp?) throws {
        self.options = options
        let last = span.upperBound.nanoseconds
        self.span = span.lowerBound...Timestamp(nanoseconds: last == .max ? last : last + 1)
        reading = try PlayedReading(options, from: span.lowerBound)
        target = span.lowerBound
        if let moment { target = clamped(moment) }
    }

    private func clamped(_ moment: Timestamp) -> Timestamp { min(max(moment, span.lowerBound), span.upperBound) }

    /// Does what was asked for, but for beginning and ending.
    func change(_ change: PlaybackChange) {
        switch change {
        case .pause: isPlaying = false
        case .resume:
            if target == span.upperBound { target = span.lowerBound }
            isPlaying = true
        case .speed(let speed): self.speed = min(max(speed, Self.speeds.lowerBound), Self.speeds.upperBound)
        case .seek(let moment): target = clamped(moment)
        case .start, .end: break
        }
    }

    /// Nanoseconds of the clock after which it has stood still meanwhile, as when the program was stopped.
    private static var longestStep: Int64 { 1_000_000_000 }

    /// Goes on by so many nanoseconds of the clock, or on the way to where it is to be. Returns whether it moved.
    func step(_ elapsed: Int64) throws -> Bool {
        if target < reading.position { reading = try PlayedReading(options, from: span.lowerBound) }
        if isPlaying, reading.position == target {
            // No clock is left behind: where reading is slower than it, so is the time that is played.
            let distance = Int64(Double(min(max(elapsed, 0), Self.longestStep)) * speed)
            let (moment, isOver) = target.nanoseconds.addingReportingOverflow(distance)
            target = clamped(Timestamp(nanoseconds: isOver ? .max : moment))
        }
        let before = reading.position
        guard before != target else {
            if target == span.upperBound { isPlaying = false }
            return false
        }
        try reading.read(until: target)
        return reading.position != before
    }

    /// Whether it is where it is to be.
    var hasArrived: Bool { reading.position == target }

    var playback: Playback {
        Playback(isPlaying: isPlaying, speed: speed, position: reading.position, span: span)
    }

    /// What is to be seen at the moment it is at; the rest is as all of the file has it.
    func snapshot(_ whole: Snapshot) -> Snapshot {
        var snapshot = whole
        reading.fill(&snapshot)
        snapshot.playback = playback
        return snapshot
    }
}
