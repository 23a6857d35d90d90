import Addressing

/// Files that are played.
extension Dashboard {
    /// Where it is, where a file is played.
    var playback: Playback? { newest?.playback }

    /// Begins to play the file, at the moment that is looked at.
    mutating func play() -> [DashboardRequest] {
        guard let newest, case .files = newest.origin else {
            return fault("only a file can be played: portolan tui -r FILE")
        }
        if let playback { return playback.isPlaying ? [] : [.play(.resume)] }
        if newest.progress != nil { return fault("the file is still being read; it can be played then, or after Esc") }
        let moment = past.map { Timestamp(nanoseconds: $0.span.lowerBound) }
        past = nil
        frozen = nil
        showsTimeline = true
        refresh()
        return [.play(.start(moment))]
    }

    /// Goes so many bins of the timeline back or forth, to the end of the bin.
    func seek(_ playback: Playback, _ timeline: Timeline, by count: Int) -> [DashboardRequest] {
        // What is shown passed before the position.
        let now = timeline.bin(of: Timestamp(nanoseconds: playback.position.nanoseconds &- 1)) ?? 0
        let isAtStart = playback.position <= playback.span.lowerBound
        let bin = (isAtStart ? -1 : now) + count
        guard bin >= 0 else { return [.play(.seek(playback.span.lowerBound))] }
        let last = max(timeline.bins.count - 1, 0)
        return [.play(.seek(Timestamp(nanoseconds: timeline.span(of: min(bin, last)).upperBound)))]
    }

    mutating func changeSpeed(by factor: Double) -> [DashboardRequest] {
        guard let playback else { return [] }
        return [.play(.speed(playback.speed * factor))]
    }

    mutating func setSpeed(_ word: String?) -> [DashboardRequest] {
        guard let speed = word.flatMap(Double.init), speed > 0, speed.isFinite else {
            return fault(":speed N, times as fast as it was; 0.125 to 1024")
        }
        guard playback != nil else { return fault("nothing is played; P plays a file") }
        return [.play(.speed(speed))]
    }

    /// `4x`, `0.5x`
    static func speedText(_ speed: Double) -> String {
        speed == speed.rounded() && abs(speed) < 1e6 ? "\(Int(speed))x" : "\(speed)x"
    }
}
