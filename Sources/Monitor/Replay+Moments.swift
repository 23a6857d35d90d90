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
                    tellNames()
                    pipeline.finish()
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
        let batch = capture.batch
        var end = next
        while end < batch.frames.count, batch.frames[end].time < moment { end += 1 }
        guard end > next else { return }
        pipeline.frames(FrameBatch(bytes: batch.bytes, frames: batch.frames.extracting(next..<end)))
        next = end
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
