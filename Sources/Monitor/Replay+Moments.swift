package import Addressing
package import Capture
import Pipeline

/// A replay that stops at moments and goes on there.
extension Replay {
    /// How far `read` came.
    package enum Reach: Sendable {
        /// All that passed before the moment is taken in.
        case moment
        /// There is more before the moment.
        case part
        /// The files are at their end, and all flows ended.
        case end
    }

    /// Takes in the frames up to the first that passed at `moment` or later, of at most so many batches, and says that it is `moment`
    /// then. The next call goes on from there, with a later moment. Not with an interval, and not besides `run`.
    ///
    /// Throws as `run` does.
    package mutating func read(until moment: Timestamp, batches: Int) throws(CaptureError) -> Reach {
        for _ in 0..<batches {
            if next >= capture.batch.frames.count {
                next = 0
                guard try capture.advance() else {
                    end()
                    return .end
                }
                prepare()
            }
            takeFrames(before: moment)
            if next < capture.batch.frames.count {
                pipeline.advance(to: moment)
                return .moment
            }
        }
        return .part
    }

    private mutating func takeFrames(before moment: Timestamp) {
        let last = bound(before: moment)
        feed(next..<last)
        next = last
    }

    /// Behind the last frame of the batch that passed before the moment.
    private func bound(before moment: Timestamp) -> Int {
        let frames = capture.batch.frames
        var last = next
        while last < frames.count, frames[last].time < moment { last += 1 }
        return last
    }

    /// Tells of every flow that goes on what there is new of it.
    package mutating func tellNews() { pipeline.tellNews() }

    /// The newest time there was; nil before the first frame.
    package var time: Timestamp? { pipeline.time }

    /// When the next frame passed that `read` takes; nil where it is not read yet.
    package var nextTime: Timestamp? {
        let frames = capture.batch.frames
        return next < frames.count ? frames[next].time : nil
    }
}
