package import Containers
import Glibc
import HTTP

/// Follows the runtime behind one socket for as long as the program runs, and reports which containers it has.
///
/// Absent, restarting, hanging or broken, it costs detail and nothing else: the watch says so once, and goes on asking. The
/// runtime is only ever asked, with GET.
package actor RuntimeWatch {
    let client: HTTPClient
    let timing: RuntimeTiming
    let source: String
    private let report: @Sendable (RuntimeReport) -> Void
    var ledger = RuntimeLedger()
    /// Nil at first, then whether its last word was `.connected`.
    private var isConnected: Bool?

    /// Starts nothing yet. `report` is called for one thing after the other, and must not wait for anything.
    package init(
        socket: RuntimeSocket,
        timing: RuntimeTiming = RuntimeTiming(),
        report: @escaping @Sendable (RuntimeReport) -> Void
    ) {
        client = HTTPClient(socket: socket.path)
        source = socket.path
        self.timing = timing
        self.report = report
    }

    /// Follows the runtime until the task is cancelled, and then ends at once.
    package func run() async {
        var pause = timing.shortestPause
        while !Task.isCancelled {
            let start = ContinuousClock.now
            let place = SocketPlace(of: source)
            let failure = await follow()
            if Task.isCancelled { return }
            if isConnected != false {
                isConnected = false
                report(.unreachable(source: source, reason: "\(failure)"))
            }
            if ContinuousClock.now - start >= timing.steady { pause = timing.shortestPause }
            let isAnother = await rest(for: pause, orUntilNot: place)
            pause = isAnother ? timing.shortestPause : min(pause * 2, timing.longestPause)
        }
    }

    /// Waits; less when another socket takes the place of that one, and then says so.
    private func rest(for pause: Duration, orUntilNot place: SocketPlace?) async -> Bool {
        let end = ContinuousClock.now + pause
        while true {
            let now = SocketPlace(of: source)
            if now != nil, now != place { return true }
            let left = end - ContinuousClock.now
            if left <= .zero || Task.isCancelled { return false }
            try? await Task.sleep(for: min(left, timing.glance))
        }
    }

    /// Tells it, unless there is nothing to tell.
    func tell(_ news: RuntimeReport?) {
        if let news { report(news) }
    }

    /// The list of all containers came: it is connected, and `reports` is what it has.
    func tellConnected(_ reports: [RuntimeReport]) {
        if isConnected != true {
            isConnected = true
            report(.connected(source: source))
        }
        for news in reports { report(news) }
    }

    /// Whether what comes next is the first list since it was not connected.
    var isAnew: Bool { isConnected != true }
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
