import Addressing
import Capture
import Containers
import Pipeline
package import Records
import Synchronization

/// Which captures are open, and what they lose.
extension LiveMonitor {
    /// Looks, once a second, for losses, for captures that came to their end, and for places that only a capture of their
    /// own shows.
    func look(at now: Timestamp) {
        for source in sources { countLosses(of: source, at: now) }
        let over = sources.filter(\.isOver)
        for source in over {
            lost.add(source)
            if source.capture.ending == .gone {
                watch.remarks.put(["\(source.capture.interface) is gone; nothing more is captured there"])
            }
        }
        if !over.isEmpty { sources.removeAll(where: \.isOver) }
        if settings.interfaces.isEmpty { followBlindSpots() }
    }

    private func countLosses(of source: LiveSource, at now: Timestamp) {
        let statistics = source.capture.statistics()
        defer { source.counted = statistics }
        let dropped = Self.more(statistics.dropped, than: source.counted.dropped)
        let missed = Self.more(statistics.droppedByInterface, than: source.counted.droppedByInterface)
        guard dropped > 0 || missed > 0 else { return }
        sink.gap(
            CaptureGap(
                time: now,
                interface: source.capture.interface,
                namespace: source.namespace.inode,
                received: Self.more(statistics.received, than: source.counted.received),
                dropped: statistics.dropped == nil ? nil : dropped,
                droppedByInterface: statistics.droppedByInterface == nil ? nil : missed
            )
        )
    }

    private static func more(_ now: UInt64?, than before: UInt64?) -> UInt64 {
        let (now, before) = (now ?? 0, before ?? 0)
        return now > before ? now - before : 0
    }

    /// Enters the namespaces whose traffic nothing outside shows, and leaves them when nobody needs it: an open capture keeps
    /// a namespace and its links alive.
    private func followBlindSpots() {
        let wanted = pipeline.blindSpots()
        for source in sources where source.namespace != watch.home && !wanted.contains(source.namespace) {
            _ = FrameTurns.take(
                from: [source],
                until: Clock.monotonic + Self.turnTime,
                clock: { Clock.monotonic },
                failed: { _, _ in },
                frames: { pipeline.frames($0) }
            )
            lost.add(source)
            source.hasFailed = true
        }
        sources.removeAll(where: \.hasFailed)
        for namespace in wanted where !sources.contains(where: { $0.namespace == namespace }) {
            guard let path = watch.path(of: namespace) else { continue }
            do {
                try open("any", in: namespace, path: path)
            } catch {
                watch.remarks.put(["\(error)"])
            }
        }
    }

    /// Totals of what was captured and concluded.
    package var summary: CaptureSummary {
        var summary = pipeline.totals
        var losses = lost
        for source in sources { losses.add(source) }
        summary.offered = losses.offered
        summary.dropped = losses.dropped
        summary.unread = losses.unread
        summary.leftOut = pressure.durations(at: ended ?? Clock.monotonic)
        summary.interfaceDropped = losses.droppedByInterface
        summary.socketsUnasked += watch.questions.refused + watch.unasked.load(ordering: .relaxed)
        return summary
    }
}
