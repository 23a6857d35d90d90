import Glibc

/// Does again and again what may fail, at a socket behind which something else may listen the next time.
package struct SocketRetries: Sendable {
    /// How an attempt ended.
    package enum Outcome: Sendable {
        /// It is worth another try soon.
        case failed
        /// What listens there is something else than what was looked for, and will be until another takes its place.
        case stranger
    }

    private let path: String
    private let timing: RuntimeTiming

    /// - Parameters:
    ///   - path: of the socket. That nothing is there is no reason not to try.
    ///   - timing: how long to wait between two attempts.
    package init(path: String, timing: RuntimeTiming) {
        self.path = path
        self.timing = timing
    }

    /// Calls `attempt` until the task is cancelled.
    package func run(
        isolation: isolated (any Actor)? = #isolation,
        _ attempt: () async -> Outcome
    ) async {
        var pause = timing.shortestPause
        while !Task.isCancelled {
            let start = ContinuousClock.now
            let place = SocketPlace(of: path)
            let outcome = await attempt()
            if Task.isCancelled { return }
            if ContinuousClock.now - start >= timing.steady { pause = timing.shortestPause }
            let isAnother = await rest(for: outcome == .failed ? pause : timing.sweep, orUntilNot: place)
            pause = isAnother ? timing.shortestPause : min(pause * 2, timing.longestPause)
        }
    }

    /// Waits; less when another socket takes the place of that one, and then says so.
    private func rest(for pause: Duration, orUntilNot place: SocketPlace?) async -> Bool {
        let end = ContinuousClock.now + pause
        while true {
            let now = SocketPlace(of: path)
            if now != nil, now != place { return true }
            let left = end - ContinuousClock.now
            if left <= .zero || Task.isCancelled { return false }
            try? await Task.sleep(for: min(left, timing.glance))
        }
    }
}

/// What tells one socket's file from the next that is put in its place. stat(2).
private struct SocketPlace: Equatable {
    let inode: UInt64
    let seconds: Int
    let nanoseconds: Int

    /// Nil when nothing is there.
    init?(of path: String) {
        var file = stat()
        guard stat(path, &file) == 0 else { return nil }
        inode = UInt64(file.st_ino)
        seconds = file.st_ctim.tv_sec
        nanoseconds = file.st_ctim.tv_nsec
    }
}
