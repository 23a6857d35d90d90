import HTTP
import Synchronization

/// Streams whose pieces a test hands out one by one, to whichever asked first, and that counts what the server does with them.
final class Tap: Sendable {
    private struct State {
        var pieces: [[UInt8]?] = []
        var waiting: [CheckedContinuation<[UInt8]?, Never>] = []
        var asked = 0
        var ends = 0
    }

    private let state = Mutex(State())

    /// How often the next piece was asked for.
    var asked: Int { state.withLock { $0.asked } }
    /// How often it was told that it is over.
    var ends: Int { state.withLock { $0.ends } }

    var stream: HTTPStream { HTTPStream(next: { await self.next() }, onEnd: { self.end() }) }

    /// Gives a piece, or with nil the end, to whoever asks next.
    func give(_ piece: [UInt8]?) {
        let waiting: CheckedContinuation<[UInt8]?, Never>? = state.withLock { state in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            state.pieces.append(piece)
            return nil
        }
        waiting?.resume(returning: piece)
    }

    func give(_ text: String) { give(Array(text.utf8)) }

    private func next() async -> [UInt8]? {
        await withCheckedContinuation { continuation in
            let (isGiven, piece): (Bool, [UInt8]?) = state.withLock { state in
                state.asked += 1
                if !state.pieces.isEmpty { return (true, state.pieces.removeFirst()) }
                state.waiting.append(continuation)
                return (false, nil)
            }
            if isGiven { continuation.resume(returning: piece) }
        }
    }

    private func end() { state.withLock { $0.ends += 1 } }
}
