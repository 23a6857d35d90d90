import Addressing
import Capture
import Containers
import Glibc
import Pipeline
import Records

/// What happens when the clock is set while this runs.
extension LiveMonitor {
    /// Looks whether it was; before frames are taken.
    func followClock() {
        let now = settings.now()
        if let step = clock.note(now, steady: Clock.sinceBoot) {
            guard step.isBack else { return tell(step) }
            startOver(step)
        } else if let time = pipeline.time, time > now.adding(ClockWatch.least), mayStartOver {
            // A frame of before the clock was set back came after those of afterwards.
            startOver(ClockWatch.Step(from: time, to: now))
        }
    }

    /// Not all the time, should somebody date frames wrongly for good.
    private var mayStartOver: Bool { startedOver.map { Clock.monotonic &- $0 >= 10_000_000_000 } ?? true }

    private func tell(_ step: ClockWatch.Step) {
        let seconds = abs(step.to.nanoseconds &- step.from.nanoseconds) / 1_000_000_000
        watch.remarks.put([
            step.isBack
                ? "the clock was set back by \(seconds) s: all flows ended, and begin anew"
                : "the clock was set forward by \(seconds) s: flows may time out early"
        ])
        sink.clockChanged(from: step.from, to: step.to)
        settings.log?.clockChanged(from: step.from, to: step.to)
    }

    /// Inside, time does not run back: ends all flows of the time before, and begins with what is open now, as of the new time.
    private func startOver(_ step: ClockWatch.Step) {
        startedOver = Clock.monotonic
        // What the kernel holds has times of before, and belongs to what was before.
        awaitHeldFrames()
        takeEntries()
        let middle = step.to.nanoseconds &+ (step.from.nanoseconds &- step.to.nanoseconds) / 2
        _ = takeFrames(until: Clock.monotonic + Self.endTime) { $0.nanoseconds < middle }
        let standing = pipeline.startOver()
        tell(step)
        // Frames may have come since the clock was set; what is open now was so before them.
        let time = step.to.adding(-ClockWatch.least)
        let entries = standing.map { JournalEntry(time: time, change: $0.moved(by: step)) }
        pipeline.change(entries)
        for entry in entries { sink.changed(entry) }
    }

    /// Waits until the kernel has handed over what it holds: it looks twice at a block that does not fill up.
    func awaitHeldFrames() {
        let (seconds, attoseconds) = (settings.capture.delay * 3).components
        let milliseconds = min(max(seconds, 0), 1) * 1000 + attoseconds / 1_000_000_000_000_000
        _ = poll(nil, 0, Int32(clamping: min(milliseconds, 1000)))
    }
}

extension JournalEntry.Change {
    /// The same by a clock that was set: when a process began is reckoned from what the clock shows.
    fileprivate func moved(by step: ClockWatch.Step) -> Self {
        guard case .container(var container) = self else { return self }
        container.started = container.started?.adding(step.to.nanoseconds &- step.from.nanoseconds)
        return .container(container)
    }
}
