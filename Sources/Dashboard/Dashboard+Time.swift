import Addressing
package import Graph

/// The past, and time that stands still.
extension Dashboard {
    /// Stops what is shown, or a file that is played; the second time it goes on.
    mutating func freeze(at now: Timestamp) -> [DashboardRequest] {
        if let playback { return [.play(playback.isPlaying ? .pause : .resume)] }
        if frozen != nil {
            frozen = nil
            refresh()
        } else if let newest {
            frozen = (newest, now)
        }
        return []
    }

    /// Goes so many bins of the timeline back or forth.
    mutating func step(_ count: Int) -> [DashboardRequest] {
        guard let snapshot = shown, !snapshot.timeline.bins.isEmpty else { return [] }
        showsTimeline = true
        let timeline = snapshot.timeline
        if let playback { return seek(playback, timeline, by: count) }
        let last = timeline.bins.count - 1
        let now = past.flatMap { timeline.bin(of: Timestamp(nanoseconds: $0.span.lowerBound)) } ?? last + 1
        let bin = now + count
        if bin > last { return leavePast() }
        let span = timeline.span(of: max(bin, 0))
        past = PastChoice(span: span)
        refresh()
        return [.past(span)]
    }

    mutating func leavePast() -> [DashboardRequest] {
        showsTimeline = false
        if playback != nil { return [.play(.end)] }
        guard past != nil else { return [] }
        past = nil
        refresh()
        return [.past(nil)]
    }

    /// Takes what somebody remembers of the part of the past that is looked at.
    package mutating func take(past picture: GraphPicture, of span: Range<Int64>) {
        guard past?.span == span else { return }
        past?.told = picture
        refresh()
    }
}
