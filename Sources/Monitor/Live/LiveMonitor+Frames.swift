import Addressing
import Capture
import Pipeline

/// Taking frames in, and coming to an end.
extension LiveMonitor {
    /// How long frames are taken before something else has its turn, in nanoseconds of work: 50 ms.
    static var turnTime: Int64 { 50_000_000 }
    /// How long frames are taken after the end was asked for: 1 s.
    static var endTime: Int64 { 1_000_000_000 }

    /// Takes all frames there are, some from each source in turn, or as many as can be until `limit` by the monotonic clock, and
    /// of a source no more after one that is `enough`. Returns whether all were taken.
    func takeFrames(until limit: Int64, enough: (Timestamp) -> Bool = { _ in false }) -> Bool {
        FrameTurns.take(
            from: sources,
            until: limit,
            clock: { Clock.monotonic },
            enough: enough,
            failed: { source, error in
                source.hasFailed = true
                watch.remarks.put(["\(error)"])
            },
            between: { isMore in
                askForSockets()
                // What was learned meanwhile goes before what is seen next.
                if isMore { takeEntries() }
                if !isEnding { notePressure(isDrained: !isMore) }
            },
            frames: { batch in
                pipeline.frames(batch)
                if batch.frames.count > 0 { newest = batch.frames[batch.frames.count - 1].time }
            }
        )
    }

    /// Takes what came before now, for `endTime` at most, ends all flows, and closes all captures. What is not taken then is
    /// said to be unread.
    func conclude() {
        isEnding = true
        let end = settings.now()
        awaitHeldFrames()
        takeEntries()
        _ = takeFrames(until: Clock.monotonic + Self.endTime) { $0 > end }
        takeEntries()
        pipeline.finish()
        ended = Clock.monotonic
        for source in sources { lost.add(source) }
        sources.removeAll()
    }
}
