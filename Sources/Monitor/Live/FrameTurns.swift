import Addressing
import Capture

/// What frames are taken from, a batch at a time.
protocol FrameSource: AnyObject {
    /// Whether nothing more comes.
    var isOver: Bool { get }

    /// Takes the next batch and hands it to `body`; false when there is none just now.
    func take(_ body: (borrowing FrameBatch) -> Void) throws(LiveCaptureError) -> Bool
}

/// Takes frames from several sources, some from each in turn.
enum FrameTurns {
    /// Batches taken from one source before it is the next one's turn.
    private static var turn: Int { 64 }

    /// Takes all frames there are, or as many as can be until `limit`, which is a time that `clock` tells; of a source whose last
    /// frame is `enough` no more. Returns whether all were taken. `between` is called after every round, and told whether more
    /// wait. Something that never runs dry is left at the limit, and at most a round of every source later.
    static func take<Source: FrameSource>(
        from sources: [Source],
        until limit: Int64,
        clock: () -> Int64,
        enough: (Timestamp) -> Bool = { _ in false },
        failed: (Source, LiveCaptureError) -> Void,
        between: (_ isMore: Bool) -> Void = { _ in },
        frames: (borrowing FrameBatch) -> Void
    ) -> Bool {
        var left = sources
        while true {
            left.removeAll { $0.isOver || !takeTurn($0, enough, failed, frames) }
            between(!left.isEmpty)
            if left.isEmpty { return true }
            if clock() >= limit { return false }
        }
    }

    /// Returns whether there may be more.
    private static func takeTurn<Source: FrameSource>(
        _ source: Source,
        _ enough: (Timestamp) -> Bool,
        _ failed: (Source, LiveCaptureError) -> Void,
        _ frames: (borrowing FrameBatch) -> Void
    ) -> Bool {
        var last: Timestamp?
        for _ in 0..<turn {
            do throws(LiveCaptureError) {
                let isThere = try source.take { batch in
                    frames(batch)
                    if batch.frames.count > 0 { last = batch.frames[batch.frames.count - 1].time }
                }
                guard isThere else { return false }
            } catch {
                failed(source, error)
                return false
            }
            if let last, enough(last) { return false }
        }
        return true
    }
}
